import { FileBox, type FileBoxInterface } from 'file-box';
import { type payloads, Puppet, types } from 'wechaty-puppet';
import type { LocalWechat, Recall, TrialMessage } from './wechat.ts';

const HEARTBEAT_MS = 15_000;
const RECALL = 'recall-';

/**
 * The provider's side of the trial: what a real puppet does with a phone's WeChat, this one does with the
 * {@link LocalWechat}. Everything not overridden is answered "unsupported" by the base class, as with real providers.
 */
export class LocalPuppet extends Puppet {
  static override readonly VERSION = '1';
  readonly #wechat: LocalWechat;
  #heart: NodeJS.Timeout | undefined;

  constructor(wechat: LocalWechat) {
    super();
    this.#wechat = wechat;
  }

  override name(): string {
    return 'lanxing-local-puppet';
  }

  override version(): string {
    return LocalPuppet.VERSION;
  }

  override async onStart(): Promise<void> {
    this.#wechat.on('message', this.#announce).on('recall', this.#announceRecall);
    const beat = (): void => {
      this.emit('heartbeat', { data: 'local' });
    };
    this.#heart = setInterval(beat, HEARTBEAT_MS);
    this.#heart.unref();
    // The base class lets the login pass only once it has started.
    setImmediate(() => {
      if (!this.state.active() || this.isLoggedIn) return;
      const missed = this.#sinceTheBotSpoke();
      this.login(this.#bot);
      for (const message of missed) this.#announce(message);
    });
  }

  /** A phone that comes back delivers what was said meanwhile; what was heard already is known by its id. */
  #sinceTheBotSpoke(): TrialMessage[] {
    const { messages } = this.#wechat;
    return messages.slice(messages.findLastIndex((m) => m.from === this.#bot) + 1).filter((m) => !m.recalled);
  }

  override async onStop(): Promise<void> {
    clearInterval(this.#heart);
    this.#wechat.off('message', this.#announce).off('recall', this.#announceRecall);
  }

  readonly #announce = (message: TrialMessage): void => {
    this.emit('message', { messageId: message.id });
  };

  readonly #announceRecall = (recall: Recall): void => {
    this.emit('message', { messageId: RECALL + recall.id });
  };

  override ding(data?: string): void {
    this.emit('dong', { data: data ?? '' });
  }

  override async contactList(): Promise<string[]> {
    return this.#wechat.world.people.map((p) => p.id);
  }

  override async contactRawPayload(id: string): Promise<payloads.Contact> {
    const person = this.#wechat.person(id);
    if (!person) throw new Error(`no such contact: ${id}`);
    return {
      id,
      name: person.name,
      avatar: '',
      friend: true,
      gender: types.ContactGender.Unknown,
      type: types.Contact.Individual,
      phone: [],
    };
  }

  override async contactRawPayloadParser(raw: payloads.Contact): Promise<payloads.Contact> {
    return raw;
  }

  override async contactAlias(_id: string): Promise<string>;
  override async contactAlias(_id: string, _alias: string | null): Promise<void>;
  override async contactAlias(): Promise<string | void> {
    return '';
  }

  override async roomList(): Promise<string[]> {
    return this.#wechat.world.rooms.map((r) => r.id);
  }

  override async roomMemberList(roomId: string): Promise<string[]> {
    return [...this.#room(roomId).people];
  }

  override async roomRawPayload(id: string): Promise<payloads.Room> {
    const room = this.#room(id);
    return { id, topic: room.topic, memberIdList: [...room.people], adminIdList: [] };
  }

  override async roomRawPayloadParser(raw: payloads.Room): Promise<payloads.Room> {
    return raw;
  }

  override async roomMemberRawPayload(roomId: string, id: string): Promise<payloads.RoomMember> {
    if (!this.#room(roomId).people.includes(id)) throw new Error(`not in the room: ${id}`);
    return { id, name: this.#wechat.person(id)?.name ?? '', avatar: '' };
  }

  override async roomMemberRawPayloadParser(raw: payloads.RoomMember): Promise<payloads.RoomMember> {
    return raw;
  }

  override async roomTopic(roomId: string): Promise<string>;
  override async roomTopic(roomId: string, topic: string): Promise<void>;
  override async roomTopic(roomId: string): Promise<string | void> {
    return this.#room(roomId).topic;
  }

  override async messageRawPayload(id: string): Promise<payloads.Message> {
    const recalls = id.startsWith(RECALL);
    const message = this.#wechat.message(recalls ? id.slice(RECALL.length) : id);
    if (!message) throw new Error(`no such message: ${id}`);
    const place = message.chat.startsWith('private:')
      ? { listenerId: message.from === this.#bot ? message.chat.slice('private:'.length) : this.#bot }
      : { roomId: message.chat, mentionIdList: recalls ? [] : [...message.mentions] };
    return {
      id,
      talkerId: message.from,
      timestamp: message.at,
      ...(recalls
        ? { type: types.Message.Recalled, text: message.id }
        : { type: TYPE[message.kind], text: wireText(message), filename: message.file?.name ?? '' }),
      ...place,
    };
  }

  override async messageRawPayloadParser(raw: payloads.Message): Promise<payloads.Message> {
    return raw;
  }

  override async messageImage(id: string): Promise<FileBoxInterface> {
    return this.messageFile(id);
  }

  override async messageFile(id: string): Promise<FileBoxInterface> {
    const file = this.#wechat.message(id)?.file;
    const bytes = file && this.#wechat.bytes(file.sha256);
    if (!file || !bytes) throw new Error(`no file in ${id}`);
    return FileBox.fromBuffer(Buffer.from(bytes), file.name);
  }

  override async messageSendText(to: string, text: string, mentions: string[] = []): Promise<string> {
    return this.#wechat.say({ from: this.#bot, chat: this.#chat(to), text, mentions }).id;
  }

  override async messageSendFile(to: string, box: FileBoxInterface): Promise<string> {
    const bytes = await box.toBuffer();
    const type = box.mediaType || 'application/octet-stream';
    return this.#wechat.say({ from: this.#bot, chat: this.#chat(to), file: { name: box.name, type, bytes } })
      .id;
  }

  override async messageRecall(id: string): Promise<boolean> {
    this.#wechat.recall(this.#bot, id);
    return true;
  }

  get #bot(): string {
    return this.#wechat.world.bot.id;
  }

  #room(id: string): { topic: string; people: readonly string[] } {
    const room = this.#wechat.room(id);
    if (!room) throw new Error(`no such room: ${id}`);
    return room;
  }

  #chat(to: string): string {
    return this.#wechat.room(to) ? to : `private:${to}`;
  }
}

const TYPE = {
  text: types.Message.Text,
  image: types.Message.Image,
  file: types.Message.Attachment,
} as const;

/** A quote has no field on the wire: the reply carries it in its text, as WeChat's protocols do. */
function wireText(message: TrialMessage): string {
  if (message.kind !== 'text') return '';
  if (!message.quote) return message.text;
  return `「${message.quote.name}：${message.quote.text}」\n- - - - - - - - - - - - - - -\n${message.text}`;
}
