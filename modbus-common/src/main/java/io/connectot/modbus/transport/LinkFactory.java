// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.transport;

import io.connectot.modbus.config.LinkSettings;
import io.connectot.modbus.config.ModbusEndpoint;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes links, with the retries, the pauses and the backup that the settings ask for. Thread-safe.
 *
 * <p>{@link LinkSettings#closeAfterPoll} is its caller's to keep, by {@link ModbusLink#close}; the
 * next read opens the link again.
 */
public final class LinkFactory implements ModbusLinkFactory {
  /** So many reads without an answer, and a backup is tried: one unit may be off. */
  private static final int UNANSWERED_READS = 3;

  private final TlsLayer tls;
  private final LinkClock clock;

  /**
   * @param tls for {@code tls://} endpoints; not called for others
   */
  public LinkFactory(TlsLayer tls) {
    this(tls, LinkClock.SYSTEM);
  }

  LinkFactory(TlsLayer tls, LinkClock clock) {
    this.tls = tls;
    this.clock = clock;
  }

  @Override
  public ModbusLink newLink(
      ModbusEndpoint endpoint, Optional<ModbusEndpoint> backup, LinkSettings settings) {
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
    Pacer pacer =
        new Pacer(
            settings.pauseAfterConnect(), longer(settings.interRequestDelay(), silence), clock);
    Requester requester = new Requester(opener, settings.requestTimeout(), pacer, clock);
    return new RetryingLink(requester, settings.retries(), settings.retryBackoff(), clock);
  }

  private ChannelOpener opener(ModbusEndpoint endpoint, LinkSettings settings) {
    if (endpoint instanceof ModbusEndpoint.Serial line) {
      return new SerialOpener(line);
    }
    ModbusEndpoint.Network network = (ModbusEndpoint.Network) endpoint;
    String url = network.url();
    SocketConnector connector =
        new SocketConnector(network.host(), network.port(), settings.connectTimeout(), clock);
    return switch (network.transport()) {
      case TCP -> new TcpOpener(url, connector, Framing.MBAP);
      case RTU_TCP -> new TcpOpener(url, connector, Framing.RTU);
      case TLS -> new TlsOpener(url, connector, tls);
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
