// The little of socket.io 2.5 that the simulator uses. The published types (@types/socket.io@2) say
// `any` for every payload and pull in the parser of socket.io 4, so these few lines stand instead.
declare module 'socket.io' {
  import type { Server as HttpServer } from 'node:http';
  import type { Socket as TcpSocket } from 'node:net';

  namespace createServer {
    interface ServerOptions {
      readonly path: string;
      readonly serveClient: boolean;
      readonly cookie: boolean;
      readonly maxHttpBufferSize?: number;
      readonly pingInterval?: number;
      readonly pingTimeout?: number;
    }

    interface Socket {
      readonly id: string;
      readonly connected: boolean;
      readonly handshake: { readonly query: Readonly<Record<string, string | undefined>> };
      emit(event: string, payload: unknown): this;
      on(event: string, listener: (payload: unknown) => void): this;
      disconnect(close: boolean): this;
      /** Closing it is what a lost network looks like. */
      readonly conn: EngineSocket;
    }

    /** The Engine.IO connection below a socket. */
    interface EngineSocket {
      readonly transport: {
        closeTimeout: number;
        discard(): void;
        /** Of a WebSocket: the `ws` socket, over Node's own. */
        readonly socket?: { readonly _socket?: TcpSocket };
      };
      close(): void;
      onClose(reason: string): void;
    }

    interface Server {
      use(middleware: (socket: Socket, next: (error?: Error) => void) => void): this;
      on(event: 'connection', listener: (socket: Socket) => void): this;
      readonly eio: { readonly clients: Readonly<Record<string, EngineSocket>> };
      close(done?: () => void): void;
    }
  }

  function createServer(
    server: HttpServer,
    options: createServer.ServerOptions,
  ): createServer.Server;

  export = createServer;
}
