// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.socket;

import io.connectot.core.spi.ProtocolException;
import io.connectot.core.tls.TlsFactory;
import io.connectot.mqtt.config.BrokerAddress;
import io.connectot.mqtt.config.MqttClientSettings;
import io.connectot.mqtt.packet.PacketHandler;
import io.connectot.mqtt.packet.PacketInput;
import io.connectot.mqtt.packet.PacketOutput;
import io.connectot.mqtt.packet.ReadThrottle;
import io.connectot.mqtt.transport.BrokerErrors;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The byte streams between Paho and a broker: TCP, optionally TLS, optionally WebSocket frames.
 * Paho does not open sockets itself, so that {@link #close} can end any blocking call. One
 * connection: {@link #open} is called once; other methods are thread-safe.
 */
public final class BrokerSocket implements Closeable {
  private static final int BUFFER = 16 * 1024;

  private final BrokerAddress broker;
  private final MqttClientSettings settings;
  private final Optional<TlsFactory> tls;
  private final FirstWriteLatch firstWrite = new FirstWriteLatch();
  private final ReadThrottle throttle = new ReadThrottle();
  private final Object lock = new Object();
  private Socket socket; // guarded by lock; null before open
  private boolean closed; // guarded by lock

  /** Null before {@link #open}. */
  private volatile InputStream in;

  private volatile PacketOutput out;

  /** Why {@link #open} failed; null when it did not. */
  private volatile ProtocolException failure;

  public BrokerSocket(BrokerAddress broker, MqttClientSettings settings, Optional<TlsFactory> tls) {
    this.broker = broker;
    this.settings = settings;
    this.tls = tls;
  }

  public BrokerAddress broker() {
    return broker;
  }

  public Optional<ProtocolException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Connects, including the TLS and WebSocket handshakes. */
  public void open(PacketHandler handler) throws IOException {
    try {
      Socket plain = connect();
      InputStream input;
      OutputStream output;
      if (broker.scheme().secure()) {
        SSLSocket secured = secure(plain);
        input = secured.getInputStream();
        output = secured.getOutputStream();
      } else {
        input = plain.getInputStream();
        output = plain.getOutputStream();
      }
      if (broker.scheme().webSocket()) {
        WebSocket webSocket =
            WebSocket.open(broker, new BufferedInputStream(input, BUFFER), output);
        input = webSocket.input();
        output = webSocket.output();
      } else {
        output = new BufferedOutputStream(output, BUFFER);
      }
      in =
          new PacketInput(firstWrite.guard(input), throttle, settings.maximumPacketSize(), handler);
      out = new PacketOutput(firstWrite.guard(output));
    } catch (IOException e) {
      failure = isClosed() ? BrokerErrors.closed(broker, e) : BrokerErrors.connecting(broker, e);
      closeSocket();
      throw e;
    }
  }

  private Socket connect() throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName(broker.host());
    IOException last = new UnknownHostException(broker.host());
    Duration share = settings.connectTimeout().dividedBy(addresses.length);
    for (InetAddress address : addresses) {
      Socket candidate = new Socket();
      hold(candidate);
      try {
        candidate.setTcpNoDelay(true);
        candidate.setKeepAlive(true);
        int millis = (int) Math.max(1, share.toMillis());
        candidate.connect(new InetSocketAddress(address, broker.port()), millis);
        return candidate;
      } catch (IOException e) {
        candidate.close();
        last = e;
        if (isClosed()) {
          break;
        }
      }
    }
    throw last;
  }

  private SSLSocket secure(Socket plain) throws IOException {
    TlsFactory factory = tls.orElseThrow(() -> new IOException("no TLS configured"));
    SSLSocket secured = factory.wrap(plain, broker.host(), broker.port());
    if (!settings.alpn().isEmpty()) {
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setApplicationProtocols(settings.alpn().toArray(String[]::new));
      secured.setSSLParameters(parameters);
    }
    secured.startHandshake();
    return secured;
  }

  private void hold(Socket candidate) throws IOException {
    synchronized (lock) {
      if (closed) {
        throw new SocketException("closed");
      }
      socket = candidate;
    }
  }

  public InputStream in() throws IOException {
    return opened(in);
  }

  public OutputStream out() throws IOException {
    return opened(out);
  }

  /** Writes complete packets between those of Paho. May block. */
  public void send(byte[] packets, int length) throws IOException {
    opened(out).insert(packets, length);
  }

  private static <T> T opened(T stream) throws IOException {
    if (stream == null) {
      throw new SocketException("not connected");
    }
    return stream;
  }

  /** Pauses or resumes reading. */
  public void reading(boolean on) {
    if (on) {
      throttle.resume();
    } else {
      throttle.pause();
    }
  }

  boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  /** Called when Paho gives the connection up. */
  public void abandon() {
    firstWrite.release();
    close();
  }

  /**
   * Closes the socket below TLS: a close_notify to a dead broker could block. Does not release the
   * first-write latch: the reader still has to wait for the library's other threads.
   */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
    }
    closeSocket();
    throttle.release();
    PacketOutput output = out;
    if (output != null) {
      output.close();
    }
  }

  private void closeSocket() {
    Socket closing;
    synchronized (lock) {
      closing = socket;
    }
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException e) {
        // The socket is abandoned anyway.
      }
    }
  }
}
