// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** An S7 controller: ISO on TCP with S7 messages, which begin at byte {@link #S7} of a frame. */
abstract class S7Peer extends TcpPeer {
  static final int S7 = 7;
  private static final int CONNECTION_REQUEST = 0xE0;
  private static final int JOB = 1;
  private static final int SETUP = 0xF0;
  private static final int WRITE = 5;
  private static final int PACKET_AT = S7 + 16;

  /** The longest S7 message. */
  private final int packet;

  S7Peer(int packet) throws IOException {
    this.packet = packet;
  }

  /** Answers a read; null for no answer. */
  abstract byte[] answerRead(byte[] request);

  /** Answers a write; null for no answer. */
  byte[] answerWrite(byte[] request) {
    return error(request, 0x81, 4);
  }

  /** Answers the request for a connection. */
  byte[] answerConnection(Connection connection, byte[] request) throws IOException {
    return confirm(request);
  }

  /** Answers the question for the type of the controller. */
  byte[] answerIdentification(Connection connection) throws IOException {
    return null;
  }

  @Override
  final byte[] read(DataInputStream in) throws IOException {
    byte[] head = new byte[4];
    in.readFully(head);
    byte[] frame = Arrays.copyOf(head, ByteBuffer.wrap(head).getShort(2));
    in.readFully(frame, 4, frame.length - 4);
    return frame;
  }

  @Override
  final boolean isForValues(byte[] request) {
    return isJob(request) && (request[S7 + 10] & 0xFF) != SETUP;
  }

  private static boolean isJob(byte[] request) {
    return (request[5] & 0xFF) != CONNECTION_REQUEST && request[S7 + 1] == JOB;
  }

  @Override
  final byte[] answer(Connection connection, byte[] request) throws IOException {
    if ((request[5] & 0xFF) == CONNECTION_REQUEST) {
      return answerConnection(connection, request);
    } else if (!isJob(request)) {
      return answerIdentification(connection);
    }
    if (!isForValues(request)) {
      return setUp(request);
    }
    return request[S7 + 10] == WRITE ? answerWrite(request) : answerRead(request);
  }

  /** The request with another code, and the references of both sides exchanged. */
  private static byte[] confirm(byte[] request) {
    byte[] answer = request.clone();
    answer[5] = (byte) 0xD0;
    System.arraycopy(request, 8, answer, 6, 2);
    answer[8] = 0;
    answer[9] = 1;
    return answer;
  }

  /** The parameters of the request are accepted, but for longer packets. */
  private byte[] setUp(byte[] request) {
    int asked = ByteBuffer.wrap(request).getShort(PACKET_AT) & 0xFFFF;
    ByteBuffer answer = ByteBuffer.allocate(27);
    answer.put(request, 0, S7 + 10).put((byte) 0).put((byte) 0).put(request, S7 + 10, 8);
    answer.put(S7 + 1, (byte) 3).putShort(2, (short) 27);
    answer.putShort(PACKET_AT + 2, (short) Math.min(asked, packet));
    return answer.array();
  }

  /** An acknowledgement without data, with an error. */
  static byte[] error(byte[] request, int errorClass, int code) {
    ByteBuffer answer = ByteBuffer.allocate(19);
    answer.put(request, 0, S7 + 6).putInt(0).put((byte) errorClass).put((byte) code);
    answer.put(S7 + 1, (byte) 2).putShort(2, (short) 19);
    return answer.array();
  }
}
