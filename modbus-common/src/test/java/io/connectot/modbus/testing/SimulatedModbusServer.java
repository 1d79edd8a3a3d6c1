// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.testing;

import io.connectot.modbus.config.ModbusTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * Modbus devices in this process, on a loopback port or a pseudo terminal. Started when made; units
 * have to be added, others do not answer. Thread-safe.
 */
public final class SimulatedModbusServer implements AutoCloseable {
  private final ModbusTransport transport;
  private final Optional<Path> device;
  private final RequestResponder responder;
  private final RequestListener listener;
  private boolean running; // guarded by this

  private SimulatedModbusServer(
      ModbusTransport transport,
      Optional<Path> device,
      RequestResponder responder,
      RequestListener listener)
      throws IOException {
    this.transport = transport;
    this.device = device;
    this.responder = responder;
    this.listener = listener;
    start();
  }

  /** MBAP over TCP. */
  public static SimulatedModbusServer tcp() throws IOException {
    return stream(ModbusTransport.TCP, ServerSocketFactory.getDefault(), false, ServerFraming.MBAP);
  }

  /**
   * MBAP over TLS.
   *
   * @param needsClientCertificate whether a peer without a trusted certificate is refused
   */
  public static SimulatedModbusServer tls(SSLContext context, boolean needsClientCertificate)
      throws IOException {
    return stream(
        ModbusTransport.TLS,
        context.getServerSocketFactory(),
        needsClientCertificate,
        ServerFraming.MBAP);
  }

  /** RTU frames over TCP. */
  public static SimulatedModbusServer rtuOverTcp() throws IOException {
    return stream(
        ModbusTransport.RTU_TCP, ServerSocketFactory.getDefault(), false, ServerFraming.RTU);
  }

  /** MBAP over UDP. */
  public static SimulatedModbusServer udp() throws IOException {
    RequestResponder responder = new RequestResponder();
    return new SimulatedModbusServer(
        ModbusTransport.UDP, Optional.empty(), responder, new DatagramListener(responder));
  }

  /**
   * A serial line.
   *
   * @param transport RTU or ASCII
   * @param device a terminal in raw mode, to whose other end the connector connects
   */
  public static SimulatedModbusServer serial(ModbusTransport transport, Path device)
      throws IOException {
    RequestResponder responder = new RequestResponder();
    ServerFraming framing =
        transport == ModbusTransport.ASCII_SERIAL ? ServerFraming.ASCII : ServerFraming.RTU;
    return new SimulatedModbusServer(
        transport, Optional.of(device), responder, new SerialListener(device, framing, responder));
  }

  private static SimulatedModbusServer stream(
      ModbusTransport transport,
      ServerSocketFactory sockets,
      boolean needsClientCertificate,
      ServerFraming framing)
      throws IOException {
    RequestResponder responder = new RequestResponder();
    return new SimulatedModbusServer(
        transport,
        Optional.empty(),
        responder,
        new StreamListener(sockets, needsClientCertificate, framing, responder));
  }

  /** How frames travel. */
  public ModbusTransport transport() {
    return transport;
  }

  /** The port, the same after a restart; -1 for a serial line. */
  public int port() {
    return listener.port();
  }

  /** What a connector's configuration says for it; for a serial line, this end of it. */
  public String url() {
    return transport.scheme()
        + "://"
        + device.map(Path::toString).orElseGet(() -> "localhost:" + port());
  }

  /** A unit's memory; the unit is added when it was not there. */
  public SimulatedUnit unit(int id) {
    return responder.units().computeIfAbsent(id, key -> new SimulatedUnit());
  }

  /** Takes a unit off the line: it does not answer any more. */
  public void removeUnit(int id) {
    responder.units().remove(id);
  }

  /** From now on treats requests so; forgets all faults set before. */
  public void fault(ServerFault fault) {
    responder.fault(fault);
  }

  /** From now on treats requests to one unit so. */
  public void fault(int unit, ServerFault fault) {
    responder.fault(unit, fault);
  }

  /** Treats the next requests so, e.g. {@code next(2, ServerFault.exception(6))} for busy twice. */
  public void next(int count, ServerFault fault) {
    responder.next(count, fault);
  }

  /** Closes connections above this number as soon as they are accepted; not for UDP or serial. */
  public void mostConnections(int most) {
    if (!(listener instanceof StreamListener stream)) {
      throw new UnsupportedOperationException(transport + " has no connections");
    }
    stream.mostConnections(most);
  }

  /** What was seen since the start, restarts included. */
  public ServerCounters counters() {
    return responder.counters();
  }

  /** Closes all connections and refuses new ones. */
  public synchronized void stop() throws IOException {
    if (running) {
      running = false;
      listener.stop();
    }
  }

  /** Listens again, on the same port. */
  public synchronized void start() throws IOException {
    if (!running) {
      listener.start();
      running = true;
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    responder.close();
  }
}
