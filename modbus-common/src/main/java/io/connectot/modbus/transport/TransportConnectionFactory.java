// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Clock;
import io.connectot.modbus.config.ModbusConfig;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusEndpoint;
import io.connectot.modbus.config.ModbusTransport;
import io.connectot.modbus.transport.channel.ChannelOpener;
import io.connectot.modbus.transport.channel.CloseGuard;
import io.connectot.modbus.transport.channel.SerialOpener;
import io.connectot.modbus.transport.channel.SocketConnector;
import io.connectot.modbus.transport.channel.TcpOpener;
import io.connectot.modbus.transport.channel.TlsLayer;
import io.connectot.modbus.transport.channel.UdpOpener;
import io.connectot.modbus.transport.frame.Framing;
import io.connectot.modbus.transport.frame.ResponseChecks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Makes connections with the configured retries, pauses and backup. Thread-safe. */
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
  public ModbusConnection newConnection(ModbusDevice device) {
    Configuration config = device.config();
    Duration connectTimeout = config.get(ModbusConfig.CONNECT_TIMEOUT);
    int retries = config.get(ModbusConfig.REQUEST_RETRIES);
    boolean ids = checks(config).transaction();
    ChannelOpener opener = opener(device.endpoint(), connectTimeout, ids);
    Duration silence = silence(device.endpoint());
    if (device.backup().isPresent()) {
      ModbusEndpoint backup = device.backup().get();
      opener =
          new FailoverOpener(
              opener,
              opener(backup, connectTimeout, ids),
              config.get(ModbusConfig.BACKUP_RETRY),
              UNANSWERED_READS * (retries + 1),
              clock);
      silence = longer(silence, silence(backup));
    }
    RequestPacer pacer =
        new RequestPacer(
            config.get(ModbusConfig.PAUSE_AFTER_CONNECT),
            longer(config.get(ModbusConfig.INTER_REQUEST_DELAY), silence),
            clock);
    boolean shared = config.get(ModbusConfig.LINE_SHARED) && mayBeShared(device);
    Duration requestTimeout = config.get(ModbusConfig.REQUEST_TIMEOUT);
    RequestSender sender = new RequestSender(opener, !shared, requestTimeout, pacer, clock);
    LineGuard line =
        new LineGuard(
            sender,
            shared ? Optional.of(LineLock.of(device.endpoint().url())) : Optional.empty(),
            requestTimeout,
            clock,
            () -> ThreadLocalRandom.current().nextDouble());
    return new RetryingConnection(
        checks(config),
        sender,
        line,
        retries,
        config.get(ModbusConfig.RETRY_BACKOFF),
        new CloseGuard(sleeper));
  }

  /** Whether other masters can be on the line: not on a connection of MBAP. */
  private static boolean mayBeShared(ModbusDevice device) {
    return isLine(device.endpoint())
        || device.backup().filter(TransportConnectionFactory::isLine).isPresent();
  }

  private static boolean isLine(ModbusEndpoint endpoint) {
    ModbusTransport transport = endpoint.transport();
    return transport.isSerial() || transport == ModbusTransport.RTU_TCP;
  }

  private static ResponseChecks checks(Configuration config) {
    return new ResponseChecks(
        config.get(ModbusConfig.REPLY_TRANSACTION) == ModbusConfig.ReplyCheck.STRICT,
        config.get(ModbusConfig.REPLY_UNIT) == ModbusConfig.ReplyCheck.STRICT);
  }

  /**
   * @param ids whether transaction identifiers of responses are those of requests
   */
  private ChannelOpener opener(ModbusEndpoint endpoint, Duration connectTimeout, boolean ids) {
    if (endpoint instanceof ModbusEndpoint.Serial line) {
      return new SerialOpener(line, clock);
    }
    ModbusEndpoint.Network network = (ModbusEndpoint.Network) endpoint;
    String url = network.url();
    SocketConnector connector =
        new SocketConnector(network.host(), network.port(), connectTimeout, clock);
    return switch (network.transport()) {
      case TCP -> new TcpOpener(url, connector, Framing.MBAP, ids, null);
      case RTU_TCP -> new TcpOpener(url, connector, Framing.RTU, false, null);
      case TLS -> new TcpOpener(url, connector, Framing.MBAP, ids, tls);
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
