// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import io.connectot.core.testing.FreePorts;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The line to an S7 controller. It counts reads, breaks as tests want it, and, unless told not to,
 * makes refused items look as those of real controllers: Snap7 says that four bytes follow where
 * none do, and the driver cannot read that.
 *
 * <p>Frames are those of RFC 1006 with ISO 8073 in them; the length is in bytes 2 and 3, the S7
 * message begins at byte 7.
 */
public final class S7Line implements AutoCloseable {
  /** What the line does to answers. */
  public enum Mode {
    /** Passes them on. */
    WORKS,
    /** Swallows them. */
    SILENT,
    /** Passes other bytes of the same length on. */
    GARBAGE,
    /** Passes half of the next one on and closes. */
    CUT
  }

  private static final int S7_AT = 7;
  private static final int JOB = 1;
  private static final int ANSWER = 3;
  private static final int READ = 4;
  private static final int ITEM_READ = 0xFF;

  private final int port;
  private final int target;
  private final boolean mends;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger items = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** For the thread of the test. */
  private ServerSocket listener;

  /** For the thread of the test. */
  private Thread acceptor;

  private volatile Mode mode = Mode.WORKS;

  /**
   * Opens a line to a controller.
   *
   * @param port where the controller listens; need not be there
   */
  public static S7Line to(int port) {
    return new S7Line(port, true);
  }

  /** Opens a line that leaves refused items as Snap7 makes them. */
  public static S7Line asItIs(int port) {
    return new S7Line(port, false);
  }

  private S7Line(int target, boolean mends) {
    this.target = target;
    this.mends = mends;
    listen(FreePorts.listen());
    this.port = listener.getLocalPort();
  }

  /** Where it listens, on the loopback interface. */
  public int port() {
    return port;
  }

  /** Changes what becomes of answers from now on. */
  public void set(Mode newMode) {
    mode = newMode;
  }

  /** How many read requests went over it. */
  public int requests() {
    return requests.get();
  }

  /** How many items they had. */
  public int items() {
    return items.get();
  }

  /** How many connections were made. */
  public int connections() {
    return connections.get();
  }

  /** How many connections are open. */
  public int openConnections() {
    return (int) sockets.stream().filter(socket -> !socket.isClosed()).count();
  }

  /** Takes connections again after {@link #unplug}, at the same port. */
  public void plug() {
    try {
      listen(FreePorts.listen(port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes all connections; new ones are refused. */
  public void unplug() {
    closeQuietly(listener);
    try {
      // As long as it accepts, the port is not free.
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cutAll();
  }

  /** Closes all connections; new ones are possible. */
  public void cutAll() {
    sockets.forEach(S7Line::closeQuietly);
    sockets.clear();
  }

  @Override
  public void close() {
    unplug();
  }

  private void listen(ServerSocket opened) {
    listener = opened;
    acceptor = start("s7-line-accept", () -> accept(opened));
  }

  private void accept(ServerSocket opened) {
    try {
      while (true) {
        Socket client = opened.accept();
        connections.incrementAndGet();
        sockets.add(client);
        start("s7-line", () -> serve(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      start("s7-line-answers", () -> answers(server, client));
      requests(client, server);
    } catch (IOException e) {
      // One side is gone, so the other is let go.
    } finally {
      sockets.remove(client);
    }
  }

  private void requests(Socket client, Socket server) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    OutputStream out = server.getOutputStream();
    while (true) {
      byte[] frame = frame(in);
      if (isRead(frame, JOB, S7_AT + 10)) {
        requests.incrementAndGet();
        items.addAndGet(frame[S7_AT + 11] & 0xFF);
      }
      out.write(frame);
    }
  }

  private void answers(Socket server, Socket client) {
    try (server;
        client) {
      DataInputStream in = new DataInputStream(server.getInputStream());
      OutputStream out = client.getOutputStream();
      while (true) {
        byte[] frame = frame(in);
        if (mends && isRead(frame, ANSWER, S7_AT + 12)) {
          mend(frame);
        }
        if (!pass(frame, out)) {
          return;
        }
      }
    } catch (IOException e) {
      // One side is gone, so the other is let go.
    }
  }

  /** False when the connection is over. */
  private boolean pass(byte[] frame, OutputStream out) throws IOException {
    switch (mode) {
      case WORKS -> out.write(frame);
      case SILENT -> {}
      case GARBAGE -> {
        for (int i = 4; i < frame.length; i++) {
          frame[i] = (byte) (31 * i + 7);
        }
        out.write(frame);
      }
      case CUT -> {
        out.write(frame, 0, frame.length / 2);
        out.flush();
        return false;
      }
    }
    return true;
  }

  private static byte[] frame(DataInputStream in) throws IOException {
    byte[] head = in.readNBytes(4);
    if (head.length < 4) {
      throw new EOFException();
    }
    int length = unsigned16(head, 2);
    byte[] frame = new byte[length];
    System.arraycopy(head, 0, frame, 0, 4);
    in.readFully(frame, 4, length - 4);
    return frame;
  }

  private static int unsigned16(byte[] frame, int at) {
    return ByteBuffer.wrap(frame).getShort(at) & 0xFFFF;
  }

  private static boolean isRead(byte[] frame, int kind, int functionAt) {
    return frame.length > functionAt + 1
        && frame[S7_AT] == 0x32
        && frame[S7_AT + 1] == kind
        && frame[functionAt] == READ;
  }

  /** Items: code, kind of length, length in bits or bytes, data, a byte to fill up odd lengths. */
  private static void mend(byte[] frame) {
    int at = S7_AT + 14;
    for (int left = frame[S7_AT + 13] & 0xFF; left > 0 && at + 4 <= frame.length; left--) {
      int length = unsigned16(frame, at + 2);
      if ((frame[at] & 0xFF) != ITEM_READ) {
        frame[at + 2] = 0;
        frame[at + 3] = 0;
        length = 0;
      } else if (frame[at + 1] >= 3 && frame[at + 1] <= 5) {
        // Single bits (kind 3) have one byte each and are never more than one.
        length = (length + 7) / 8;
      }
      at += 4 + length + length % 2;
    }
  }

  private static Thread start(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed as far as anybody can tell.
    }
  }
}
