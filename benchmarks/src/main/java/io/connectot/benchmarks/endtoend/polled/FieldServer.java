// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

import io.connectot.benchmarks.endtoend.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.StringJoiner;

/**
 * Many Modbus TCP devices in their own process: one port each, one thread for all. It responds to
 * reads of holding registers immediately and does nothing else, so that the client is the
 * bottleneck. Every reply has different values.
 */
final class FieldServer {
  private static final int HEADER = 7;
  private static final int REQUEST = HEADER + 5;
  private static final int FUNCTION_READ_HOLDING = 3;
  private static final int BACKLOG = 8;

  private final Selector selector = Selector.open();
  private final ByteBuffer image = ByteBuffer.allocate(2 * 125);
  private int replies;

  private FieldServer() throws IOException {}

  /** Serves a number of devices, prints their ports in one line, and ends when its input ends. */
  public static void main(String[] arguments) throws IOException {
    FieldServer server = new FieldServer();
    StringJoiner ports = new StringJoiner(",");
    for (int i = Integer.parseInt(arguments[0]); i > 0; i--) {
      ports.add(Integer.toString(server.listen()));
    }
    Thread thread = new Thread(server::serve, "field");
    thread.setDaemon(true);
    thread.start();
    ChildJvm.answerParent(ports.toString(), () -> "");
  }

  private int listen() throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_ACCEPT);
    return channel.socket().getLocalPort();
  }

  private void serve() {
    while (true) {
      try {
        selector.select();
        Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
        while (ready.hasNext()) {
          SelectionKey key = ready.next();
          ready.remove();
          if (key.isAcceptable()) {
            accept((ServerSocketChannel) key.channel());
          } else {
            answer(key);
          }
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  private void accept(ServerSocketChannel server) throws IOException {
    SocketChannel connection = server.accept();
    if (connection != null) {
      connection.configureBlocking(false);
      connection.socket().setTcpNoDelay(true);
      connection.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(512));
    }
  }

  private void answer(SelectionKey key) {
    SocketChannel connection = (SocketChannel) key.channel();
    ByteBuffer input = (ByteBuffer) key.attachment();
    try {
      if (connection.read(input) < 0) {
        connection.close();
        return;
      }
      input.flip();
      while (input.remaining() >= REQUEST) {
        reply(input, connection);
      }
      input.compact();
    } catch (IOException e) {
      // The client has closed the connection.
      key.cancel();
    }
  }

  private void reply(ByteBuffer input, SocketChannel connection) throws IOException {
    short transaction = input.getShort();
    input.getShort();
    input.getShort();
    byte unit = input.get();
    int function = input.get();
    int address = input.getShort();
    int quantity = input.getShort();
    if (function != FUNCTION_READ_HOLDING || address < 0 || address + quantity > 125) {
      throw new IOException("only holding registers 0 to 124 exist");
    }
    change();
    ByteBuffer output = ByteBuffer.allocate(HEADER + 2 + 2 * quantity);
    output.putShort(transaction).putShort((short) 0).putShort((short) (3 + 2 * quantity)).put(unit);
    output.put((byte) FUNCTION_READ_HOLDING).put((byte) (2 * quantity));
    output.put(image.array(), 2 * address, 2 * quantity).flip();
    while (output.hasRemaining()) {
      connection.write(output);
    }
  }

  private void change() {
    int step = replies++ & 0x3FF;
    for (int i = 0; i < ScanRegisters.FLOATS; i++) {
      image.putFloat(4 * i, 20f + 0.01f * (step + i));
    }
    for (int i = 0; i < ScanRegisters.TENTHS; i++) {
      image.putShort(2 * (ScanRegisters.FIRST_TENTH + i), (short) (200 + step + i));
    }
  }
}
