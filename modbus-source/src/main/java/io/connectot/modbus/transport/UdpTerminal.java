// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import com.ghgande.j2mod.modbus.net.AbstractUDPTerminal;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.Arrays;

/**
 * What the library's UDP transport sends and receives by, without the threads and queues of the
 * library's own terminals. Hands on nothing but the verified reply. For the owner's thread.
 */
final class UdpTerminal extends AbstractUDPTerminal {
  private final DatagramSocket channel;
  private final byte[] buffer = new byte[ReplyTap.CAPACITY];
  private ReadRequest request;
  private Deadline deadline;
  private byte[] data;
  private ModbusExceptionReply refusal;
  private IOException failure;

  UdpTerminal(DatagramSocket channel) {
    this.channel = channel;
  }

  void begin(ReadRequest newRequest, Deadline newDeadline) {
    request = newRequest;
    deadline = newDeadline;
    data = null;
    refusal = null;
    failure = null;
  }

  /** The data of the reply that {@link #receiveMessage} handed on. */
  byte[] data() throws ModbusExceptionReply {
    if (refusal != null) {
      throw refusal;
    }
    return data;
  }

  /** What ended the exchange; null when nothing did. */
  IOException failure() {
    return failure;
  }

  @Override
  public void activate() {
    // The channel opened the socket.
  }

  @Override
  public void deactivate() {
    // The channel closes the socket.
  }

  @Override
  public void sendMessage(byte[] message) throws IOException {
    try {
      channel.send(new DatagramPacket(message, message.length));
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public byte[] receiveMessage() throws IOException {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        channel.setSoTimeout(deadline.remainingMillis());
        channel.receive(packet);
        if (isReply(packet.getLength())) {
          return Arrays.copyOf(buffer, packet.getLength());
        }
      }
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private boolean isReply(int length) {
    try {
      data = Framing.MBAP.unwrap(buffer, length, request);
      return true;
    } catch (ModbusExceptionReply e) {
      refusal = e;
      return true;
    } catch (BadReplyException e) {
      return false;
    }
  }
}
