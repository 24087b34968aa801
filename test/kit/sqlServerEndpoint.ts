import { createServer, type Server, type Socket } from 'node:net';

/*
 * The end of a connection where SQL Server would be: it speaks so much of its protocol (MS-TDS 7.4) that a real driver
 * logs in, sends statements and reads rows. What it answers, the test says.
 */

export interface SeenLogin {
  readonly user: string;
  readonly password: string;
  readonly application: string;
  readonly database: string;
  readonly isReadOnly: boolean;
}

/** A statement as sp_executesql gets it. */
export interface SeenStatement {
  readonly text: string;
  /** `@p0 nvarchar(4), @p1 bigint` */
  readonly declared: string;
  readonly values: Readonly<Record<string, string | null>>;
}

export type Reply =
  | {
      readonly columns: readonly { readonly name: string; readonly type: 'text' | 'integer' }[];
      readonly rows: readonly (readonly (string | null)[])[];
    }
  | { readonly error: string }
  /** Never answers; the driver is to give up. */
  | 'silence';

export interface SqlServerEndpoint {
  readonly port: number;
  readonly logins: SeenLogin[];
  readonly statements: SeenStatement[];
  /** What the driver sends beside statements: its settings. */
  readonly batches: string[];
  /** Ends the connections that there are, as a server does with idle ones. */
  readonly drop: () => void;
  readonly close: () => Promise<void>;
}

const PACKET = { batch: 1, rpc: 3, reply: 4, attention: 6, login: 16, prelogin: 18 } as const;
const HEADER = 8;

export async function sqlServerEndpoint(
  reply: (statement: SeenStatement) => Reply,
): Promise<SqlServerEndpoint> {
  const sockets = new Set<Socket>();
  const seen = { logins: [], statements: [], batches: [] } as Pick<
    SqlServerEndpoint,
    'logins' | 'statements' | 'batches'
  >;
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    const send = (payload: Buffer): void => void socket.write(packetsOf(payload));
    messagesIn(socket, (type, payload) => {
      switch (type) {
        case PACKET.prelogin:
          return send(preloginReply());
        case PACKET.login:
          seen.logins.push(loginIn(payload));
          return send(Buffer.concat([loginAck(), done(0xfd)]));
        case PACKET.batch:
          seen.batches.push(payload.subarray(payload.readUInt32LE(0)).toString('utf16le'));
          return send(done(0xfd));
        case PACKET.attention:
          // First the end of what was being answered, then that it was broken off.
          send(done(0xfe));
          return send(done(0xfd, 0x20));
        case PACKET.rpc: {
          const statement = statementIn(payload);
          seen.statements.push(statement);
          const answer = reply(statement);
          return answer === 'silence' ? undefined : send(replyOf(answer));
        }
        default:
          socket.destroy();
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  const address = server.address();
  return {
    ...seen,
    port: typeof address === 'object' && address !== null ? address.port : 0,
    drop,
    async close() {
      drop();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** A message is one packet or many; the last has a bit set. */
function messagesIn(socket: Socket, onMessage: (type: number, payload: Buffer) => void): void {
  let received = Buffer.alloc(0);
  let parts: Buffer[] = [];
  socket.on('data', (data) => {
    received = Buffer.concat([received, data]);
    while (received.length >= HEADER && received.length >= received.readUInt16BE(2)) {
      const length = received.readUInt16BE(2);
      const [type = 0, status = 0] = received;
      parts.push(received.subarray(HEADER, length));
      received = received.subarray(length);
      if ((status & 1) === 0) continue;
      const payload = Buffer.concat(parts);
      parts = [];
      onMessage(type, payload);
    }
  });
}

/** Bytes of a packet, unless the two ends agree on more. */
const MOST_OF_PACKET = 4096 - HEADER;

function packetsOf(payload: Buffer): Buffer {
  const packets: Buffer[] = [];
  for (let at = 0; at === 0 || at < payload.length; at += MOST_OF_PACKET) {
    const part = payload.subarray(at, at + MOST_OF_PACKET);
    const header = Buffer.alloc(HEADER);
    header[0] = PACKET.reply;
    header[1] = at + MOST_OF_PACKET >= payload.length ? 1 : 0;
    header.writeUInt16BE(HEADER + part.length, 2);
    packets.push(header, part);
  }
  return Buffer.concat(packets);
}

/** Version 16, and no encryption. */
const preloginReply = (): Buffer =>
  Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, 2]);

function loginIn(payload: Buffer): SeenLogin {
  const bytesAt = (place: number): Buffer => {
    const start = payload.readUInt16LE(place);
    return payload.subarray(start, start + 2 * payload.readUInt16LE(place + 2));
  };
  const password = Buffer.from(bytesAt(44)).map((byte) => {
    const mixed = byte ^ 0xa5;
    return ((mixed << 4) | (mixed >> 4)) & 0xff;
  });
  return {
    user: bytesAt(40).toString('utf16le'),
    password: Buffer.from(password).toString('utf16le'),
    application: bytesAt(48).toString('utf16le'),
    database: bytesAt(68).toString('utf16le'),
    isReadOnly: ((payload[26] ?? 0) & 0x20) !== 0,
  };
}

/** A call of sp_executesql: its two texts, then the values. */
function statementIn(payload: Buffer): SeenStatement {
  let at = payload.readUInt32LE(0);
  const hasNumber = payload.readUInt16LE(at) === 0xff_ff;
  at += hasNumber ? 6 : 4 + 2 * payload.readUInt16LE(at);
  const values: [string, string | null][] = [];
  while (at < payload.length) {
    const nameLength = payload[at] ?? 0;
    const name = payload.subarray(at + 1, at + 1 + 2 * nameLength).toString('utf16le');
    at += 2 + 2 * nameLength;
    const { value, end } = valueAt(payload, at);
    values.push([name, value]);
    at = end;
  }
  const [[, text] = [], [, declared] = [], ...others] = values;
  return {
    text: text ?? '',
    declared: declared ?? '',
    values: Object.fromEntries(others.map(([name, value]) => [name.replace(/^@/u, ''), value])),
  };
}

function valueAt(
  payload: Buffer,
  at: number,
): { readonly value: string | null; readonly end: number } {
  const type = payload[at];
  if (type === 0x26) {
    const length = payload[at + 2] ?? 0;
    const value = length === 8 ? String(payload.readBigInt64LE(at + 3)) : null;
    return { value, end: at + 3 + length };
  }
  if (type !== 0xe7) throw new Error(`No value of type ${String(type)} was expected.`);
  const isLong = payload.readUInt16LE(at + 1) === 0xff_ff;
  let place = at + 8;
  if (!isLong) {
    const length = payload.readUInt16LE(place);
    const isNull = length === 0xff_ff;
    const end = place + 2 + (isNull ? 0 : length);
    return { value: isNull ? null : payload.toString('utf16le', place + 2, end), end };
  }
  place += 8;
  const parts: Buffer[] = [];
  for (let length = payload.readUInt32LE(place); length > 0; length = payload.readUInt32LE(place)) {
    parts.push(payload.subarray(place + 4, place + 4 + length));
    place += 4 + length;
  }
  return { value: Buffer.concat(parts).toString('utf16le'), end: place + 4 };
}

const uint16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** A text with its length in characters in one byte. */
const shortText = (text: string): Buffer =>
  Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'utf16le')]);

function loginAck(): Buffer {
  const content = Buffer.concat([
    Buffer.from([1, 0x74, 0, 0, 4]),
    shortText('Endpoint of a test'),
    Buffer.from([16, 0, 0, 0]),
  ]);
  return Buffer.concat([Buffer.from([0xad]), uint16(content.length), content]);
}

const done = (token: number, status = 0): Buffer =>
  Buffer.concat([Buffer.from([token]), uint16(status), Buffer.alloc(10)]);

const COLLATION = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);

function replyOf(reply: Exclude<Reply, 'silence'>): Buffer {
  if ('error' in reply) {
    const content = Buffer.concat([
      uint32(208),
      Buffer.from([1, 16]),
      uint16(reply.error.length),
      Buffer.from(reply.error, 'utf16le'),
      shortText('endpoint'),
      shortText(''),
      uint32(1),
    ]);
    // A statement that failed is done with the bit of an error.
    return Buffer.concat([Buffer.from([0xaa]), uint16(content.length), content, done(0xfe, 2)]);
  }
  const { columns, rows } = reply;
  const head = columns.map(({ name, type }) =>
    Buffer.concat([
      uint32(0),
      uint16(1),
      type === 'integer'
        ? Buffer.from([0x26, 8])
        : Buffer.concat([Buffer.from([0xe7]), uint16(8000), COLLATION]),
      shortText(name),
    ]),
  );
  const body = rows.flatMap((row) => [
    Buffer.from([0xd1]),
    ...row.map((cell, index) => cellOf(cell, columns[index]?.type ?? 'text')),
  ]);
  return Buffer.concat([
    Buffer.from([0x81]),
    uint16(columns.length),
    ...head,
    ...body,
    done(0xff, 0x11),
    done(0xfe),
  ]);
}

function cellOf(cell: string | null, type: 'text' | 'integer'): Buffer {
  if (type === 'integer') {
    if (cell === null) return Buffer.from([0]);
    const bytes = Buffer.alloc(9);
    bytes[0] = 8;
    bytes.writeBigInt64LE(BigInt(cell), 1);
    return bytes;
  }
  if (cell === null) return uint16(0xff_ff);
  const text = Buffer.from(cell, 'utf16le');
  return Buffer.concat([uint16(text.length), text]);
}
