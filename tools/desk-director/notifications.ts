import type { Clock } from './clock.ts';
import type { Named } from './service.ts';

/** A contact or a member. */
interface Recipient extends Named {
  readonly userId: string;
}

/** A notification, which the portal of its recipient shows. */
export interface Notification {
  readonly id: number;
  readonly sentDateTime: string;
  readonly recipient: Recipient;
  /** The body of the request that sent the notification, unchanged. */
  readonly body: Readonly<Record<string, unknown>>;
}

export type Notifications = ReturnType<typeof createNotifications>;

/** The notifications of a site, none at first. */
export function createNotifications(time: Clock) {
  const notifications: Notification[] = [];

  return {
    /** Keeps a notification. Returns the type `CreateNotificationResponse`. */
    send({ id, name, userId }: Recipient, body: Notification['body']) {
      const recipient = { id, name, userId };
      const notification = { id: 9001 + notifications.length, sentDateTime: time(), recipient };
      notifications.unshift({ ...notification, body });
      return notification;
    },

    /** All notifications, the latest first. */
    list: (): Notification[] => structuredClone(notifications),
  };
}
