import type { ValueOf } from './schema-type.ts';
import type { chat } from './schemas/chat.ts';

type Chat = ValueOf<typeof chat>;

/** A chat session as DeskDirector sends it. The sandbox always sends these two properties, too. */
export type ChatSessionPayload = Chat & Required<Pick<Chat, 'targetUsers' | 'createdDateTime'>>;

export type ChatSessionStatus = Chat['status'];
export type Callback = NonNullable<Chat['callback']>;
export type Person = Chat['creator'];
export type Company = NonNullable<Person['company']>;
