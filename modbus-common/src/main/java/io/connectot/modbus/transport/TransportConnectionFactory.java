// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.connection.Clock;
import io.connectot.modbus.config.ModbusConnectionSettings;
import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.transport.channel.ChannelOpener;
import io.connectot.modbus.transport.channel.CloseGuard;
import io.connectot.modbus.transport.channel.SerialOpener;
import io.connectot.modbus.transport.channel.SocketConnector;
import io.connectot.modbus.transport.channel.TcpOpener;
import io.connectot.modbus.transport.channel.TlsLayer;
import io.connectot.modbus.transport.channel.UdpOpener;
import io.connectot.modbus.transport.frame.Framing;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes connections with the configured retries, pauses and backup. Thread-safe.
 *
 * <p>The caller implements {@link ModbusConnectionSettings#closeAfterPoll} by {@link
 * ModbusConnection#close}; the next read opens the connection again.
 */
public final class TransportConnectionFactory implements ModbusConnectionFactory {
  /** Unanswered reads after which the backup is tried; more than one, as one unit may be off. */
  private static final int UNANSWERED_READS = 3;

  private final TlsLayer tls;
  private final Clock clock;
  private final CloseGuard.Sleeper sleeper;

  /**
   * @param tls for {@code tls://} endpoints; not called for others
   */
  public TransportConnectionFactory(TlsLayer tls) {
    this(tls, Clock.SYSTEM, CloseGuard.SYSTEM_SLEEPER);
  }

  TransportConnectionFactory(TlsLayer tls, Clock clock, CloseGuard.Sleeper sleeper) {
    this.tls = tls;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  @Override
  public ModbusConnection newConnection(
      ModbusEndpoint endpoint, Optional<ModbusEndpoint> backup, ModbusConnectionSettings settings) {
    ChannelOpener opener = opener(endpoint, settings);
    Duration silence = silence(endpoint);
    if (backup.isPresent()) {
      opener =
          new FailoverOpener(
              opener,
              opener(backup.get(), settings),
              settings.backupRetryInterval(),
              UNANSWERED_READS * (settings.retries() + 1),
              clock);
      silence = longer(silence, silence(backup.get()));
    }
    RequestPacer pacer =
        new RequestPacer(
            settings.pauseAfterConnect(), longer(settings.interRequestDelay(), silence), clock);
    RequestSender sender = new RequestSender(opener, settings.requestTimeout(), pacer, clock);
    return new RetryingConnection(
        sender, settings.retries(), settings.retryBackoff(), new CloseGuard(sleeper));
  }

  private ChannelOpener opener(ModbusEndpoint endpoint, ModbusConnectionSettings settings) {
    if (endpoint instanceof ModbusEndpoint.Serial line) {
      return new SerialOpener(line, clock);
    }
    ModbusEndpoint.Network network = (ModbusEndpoint.Network) endpoint;
    String url = network.url();
    SocketConnector connector =
        new SocketConnector(network.host(), network.port(), settings.connectTimeout(), clock);
    return switch (network.transport()) {
      case TCP -> new TcpOpener(url, connector, Framing.MBAP, null);
      case RTU_TCP -> new TcpOpener(url, connector, Framing.RTU, null);
      case TLS -> new TcpOpener(url, connector, Framing.MBAP, tls);
      case UDP -> new UdpOpener(url, network.host(), network.port());
      case RTU_SERIAL, ASCII_SERIAL ->
          throw new IllegalArgumentException(url + " is a serial line");
    };
  }

  private static Duration silence(ModbusEndpoint endpoint) {
    return endpoint instanceof ModbusEndpoint.Serial line
        ? SerialOpener.silence(line.baudRate())
        : Duration.ZERO;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
