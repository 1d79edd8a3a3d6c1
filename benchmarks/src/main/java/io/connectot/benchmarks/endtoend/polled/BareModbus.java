// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.io.ModbusTCPTransport;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersResponse;
import com.ghgande.j2mod.modbus.procimg.Register;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;

/** One Modbus device, read with the protocol library only. */
final class BareModbus implements BareDevice {
  private static final int TIMEOUT_MS = 1000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Socket socket;
  private final ModbusTCPTransport transport;

  BareModbus(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    this.transport = new ModbusTCPTransport(socket);
    transport.setTimeout(TIMEOUT_MS);
  }

  /** Reads all registers with one request. */
  @Override
  public Scan read() throws ModbusIOException {
    ReadMultipleRegistersRequest request = new ReadMultipleRegistersRequest(0, ScanRegisters.COUNT);
    request.setUnitID(1);
    transport.writeRequest(request);
    Register[] registers =
        ((ReadMultipleRegistersResponse) transport.readResponse()).getRegisters();
    Instant now = Instant.now();
    double[] values = new double[ScanRegisters.TAGS];
    for (int i = 0; i < ScanRegisters.FLOATS; i++) {
      int high = registers[2 * i].toUnsignedShort();
      values[i] = Float.intBitsToFloat(high << 16 | registers[2 * i + 1].toUnsignedShort());
    }
    for (int i = 0; i < ScanRegisters.TENTHS; i++) {
      values[ScanRegisters.FLOATS + i] =
          registers[ScanRegisters.FIRST_TENTH + i].toUnsignedShort() * ScanRegisters.TENTH;
    }
    return new Scan(now.getEpochSecond() * NANOS_PER_SECOND + now.getNano(), values);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
