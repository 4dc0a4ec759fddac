import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { call, NEW_SESSION, outcomeOf, STATUS_CHANGED } from '../helpers/zapier.ts';
import { anyBundle, anyFilters, flawsOf } from './deliveries.ts';
import { holds } from './property.ts';

describe('any JSON as a delivery', () => {
  holds(
    'gives records of the output fields, or is refused in words, through the handler',
    250,
    fc.tuple(fc.constantFrom(NEW_SESSION, STATUS_CHANGED), anyBundle, anyFilters),
    async ([trigger, bundle, inputData]) => {
      const { results, error } = await outcomeOf(
        call(`triggers.${trigger}.operation.perform`, { ...bundle, inputData }),
      );
      if (error !== null) {
        expect(error.name).toBe('AppError');
        expect(['UnusableDelivery', 'InvalidFilter']).toContain(error.code);
        expect(error.message.length).toBeLessThan(800);
        return false;
      }
      expect(results.results.flatMap((record) => flawsOf(record))).toEqual([]);
      return results.results.length > 0;
    },
  );
});
