// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.inventory.InventoryLoader;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.ArrayValue;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.sink.command.CommandProtocol;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WritingSession;
import io.connectot.core.spi.WritingSession.TagWrite;
import io.connectot.core.testing.FreePorts;
import io.connectot.core.testing.Peers;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values of all types and orders are at a server that is not ours as they were written. */
@org.junit.jupiter.api.Tag("peers")
@Timeout(300)
class PymodbusWriteTest {
  /** For each line such as {@code h 7 2} on its input it prints what it holds. */
  private static final String SERVER =
      """
      import sys, threading
      from pymodbus.datastore import ModbusSequentialDataBlock as Block
      from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext
      from pymodbus.server import StartTcpServer
      coils = Block(0, [0] * 100)
      registers = Block(0, [0x5A5A] * 100)
      unit = ModbusSlaveContext(co=coils, hr=registers, zero_mode=True)
      def answer():
          for line in sys.stdin:
              table, address, count = line.split()
              block = coils if table == 'c' else registers
              values = block.getValues(int(address), int(count))
              print(' '.join('%04x' % int(value) for value in values), flush=True)
      threading.Thread(target=answer, daemon=True).start()
      context = ModbusServerContext(slaves={5: unit}, single=False)
      StartTcpServer(context=context, address=('127.0.0.1', int(sys.argv[1])))
      """;

  /** A tag line, what is written, and the registers or coils that the server has then. */
  private record Case(String line, Value value, String table, String held) {}

  private static Case registers(String line, Value value, String held) {
    return new Case("holding:7 " + line, value, "h", held);
  }

  private static Case number(String line, long value, String held) {
    return registers(line, new LongValue(value), held);
  }

  private static List<Case> cases() {
    return List.of(
        new Case("coil:7", BooleanValue.TRUE, "c", "0001"),
        new Case(
            "coil:7 bool count=3",
            new ArrayValue(
                ValueType.BOOLEAN,
                List.of(BooleanValue.FALSE, BooleanValue.TRUE, BooleanValue.TRUE)),
            "c",
            "0000 0001 0001"),
        number("int16", -5, "fffb"),
        number("uint16", 65_535, "ffff"),
        number("uint16 order=BA", 0x1234, "3412"),
        number("int32", -70_000, "fffe ee90"),
        number("int32 order=CDAB", -70_000, "ee90 fffe"),
        number("int32 order=BADC", -70_000, "feff 90ee"),
        number("int32 order=DCBA", -70_000, "90ee feff"),
        number("uint32 order=CDAB", 4_000_000_001L, "2801 ee6b"),
        number("int64", Long.MIN_VALUE + 1, "8000 0000 0000 0001"),
        number("int64 order=CDAB", Long.MIN_VALUE + 1, "0001 0000 0000 8000"),
        registers(
            "uint64", new BigValue(new BigInteger("18446744073709551614")), "ffff ffff ffff fffe"),
        registers("float32", new DoubleValue(230.5), "4366 8000"),
        registers("float32 order=CDAB", new DoubleValue(230.5), "8000 4366"),
        registers("float64", new DoubleValue(0.1), "3fb9 9999 9999 999a"),
        registers("float64 order=CDAB", new DoubleValue(0.1), "999a 9999 9999 3fb9"),
        number("bcd32", 12_345_678, "1234 5678"),
        registers("string length=4", new TextValue("Acme"), "4163 6d65"),
        registers(
            "uint16 count=2",
            new ArrayValue(ValueType.UINT16, List.of(new LongValue(1), new LongValue(60_001))),
            "0001 ea61"));
  }

  private Process server;
  private BufferedReader output;

  @Test
  void everyTypeAndOrderIsThereAsItWasWritten() throws Exception {
    int port = start();
    try {
      for (Case each : cases()) {
        write(port, each.line(), each.value());
        assertThat(held(each.table(), each.held().split(" ", -1).length))
            .as(each.line())
            .isEqualTo(each.held());
      }
      // Function 22 leaves the other bits.
      write(port, "holding:7 uint16", new LongValue(0x5A5A));
      write(port, "holding:7.0", BooleanValue.TRUE);
      assertThat(held("h", 1)).isEqualTo("5a5b");
      write(port, "holding:7 uint8h", new LongValue(200));
      assertThat(held("h", 1)).isEqualTo("c85b");
      write(port, "holding:7 uint16 mask=0x0FF0 shift=4", new LongValue(0xAB));
      assertThat(held("h", 1)).isEqualTo("cabb");
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private int start() throws IOException {
    Peers.needPymodbus();
    int port = FreePorts.next();
    server =
        new ProcessBuilder("/usr/bin/python3", "-c", SERVER, Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    output = server.inputReader(StandardCharsets.UTF_8);
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(
            () -> {
              new Socket(InetAddress.getLoopbackAddress(), port).close();
              return true;
            });
    return port;
  }

  private String held(String table, int count) throws IOException {
    server
        .getOutputStream()
        .write((table + " 7 " + count + "\n").getBytes(StandardCharsets.US_ASCII));
    server.getOutputStream().flush();
    return output.readLine();
  }

  /** Writes a value and reads it back. */
  private static void write(int port, String line, Value value) throws Exception {
    Map<String, String> props = new LinkedHashMap<>();
    props.put("name", "sink");
    props.put("topics", "commands");
    props.put("devices.press", "tcp://127.0.0.1:" + port + "?unit=5");
    props.put("tags.tag", line + " write=true");
    props.put("modbus.request.timeout.ms", "30000");
    ModbusSinkProtocol protocol = new ModbusSinkProtocol();
    Configuration config = Configuration.parse(CommandProtocol.definition(protocol), props);
    ModbusWritingDriver driver = (ModbusWritingDriver) protocol.bind(config.kafka());
    var inventory = InventoryLoader.loadWritable(config, driver, protocol).orThrow();
    Device<ModbusDevice> device = inventory.devices().get(0);
    List<Tag<ModbusTag>> tags = List.copyOf(inventory.tagsOf(device));
    try (WritingSession<ModbusDevice, ModbusTag> session =
        driver.newWritingSession(device.endpoint(), Map.of(device, tags))) {
      session.open((ProtocolException cause) -> {});
      assertThat(session.write(device, List.of(new TagWrite<>(tags.get(0), value))))
          .as(line)
          .containsExactly(WriteOutcome.Done.ACCEPTED);
      assertThat(session.read(device, tags).get(0).value()).as(line).isEqualTo(value);
    }
  }
}
