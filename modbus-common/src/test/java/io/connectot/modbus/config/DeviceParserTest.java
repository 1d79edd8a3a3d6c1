// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.line.LineException;
import io.connectot.modbus.config.ModbusEndpoint.Network;
import io.connectot.modbus.config.ModbusEndpoint.Parity;
import io.connectot.modbus.config.ModbusEndpoint.Rs485;
import io.connectot.modbus.config.ModbusEndpoint.Serial;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceParserTest {
  private static final Configuration DEFAULTS =
      Configuration.parse(ModbusConfig.CONNECTION.definition(), Map.of());

  private final DeviceParser parser = new DeviceParser(DEFAULTS, ModbusConfig.CONNECTION);

  @ParameterizedTest
  @CsvSource({
    "tcp://10.0.0.5, TCP, 10.0.0.5, 502, tcp://10.0.0.5:502",
    "tcp://10.0.0.5:1502/, TCP, 10.0.0.5, 1502, tcp://10.0.0.5:1502",
    "TCP://PLC.Example, TCP, plc.example, 502, tcp://plc.example:502",
    "tls://plc, TLS, plc, 802, tls://plc:802",
    "udp://plc, UDP, plc, 502, udp://plc:502",
    "rtutcp://plc:4001, RTU_TCP, plc, 4001, rtutcp://plc:4001",
    "tcp://[fd00::5]:503, TCP, fd00::5, 503, tcp://[fd00::5]:503",
    "tcp://[::1], TCP, ::1, 502, tcp://[::1]:502"
  })
  void readsNetworkEndpoints(
      String url, ModbusTransport transport, String host, int port, String normal)
      throws LineException {
    ModbusDevice device = parser.parse(url);
    assertThat(device.endpoint()).isEqualTo(new Network(transport, host, port));
    assertThat(device.endpoint().url()).isEqualTo(normal);
    assertThat(device.unit()).isEqualTo(1);
    assertThat(device.config().kafka().values()).isEqualTo(DEFAULTS.kafka().values());
  }

  @Test
  void readsSerialEndpoints() throws LineException {
    ModbusDevice device =
        parser.parse("rtu:///dev/ttyUSB0?baud=9600&parity=even&data=8&stop=1&unit=3");
    assertThat(device.endpoint())
        .isEqualTo(
            new Serial(
                ModbusTransport.RTU_SERIAL,
                "/dev/ttyUSB0",
                9600,
                8,
                Parity.EVEN,
                1,
                Rs485.OFF,
                false));
    assertThat(device.unit()).isEqualTo(3);
    assertThat(device.endpoint().url()).isEqualTo("rtu:///dev/ttyUSB0");
    assertThat(parser.parse("rtu://COM3").endpoint().url()).isEqualTo("rtu://COM3");
  }

  @Test
  void serialLinesHaveTheDefaultsOfTheStandard() throws LineException {
    Serial rtu = (Serial) parser.parse("rtu:///dev/ttyS0").endpoint();
    assertThat(rtu.baudRate()).isEqualTo(19200);
    assertThat(rtu.dataBits()).isEqualTo(8);
    assertThat(rtu.parity()).isEqualTo(Parity.EVEN);
    assertThat(rtu.stopBits()).isEqualTo(1);
    assertThat(((Serial) parser.parse("rtu:///dev/ttyS0?parity=none").endpoint()).stopBits())
        .as("two stop bits stand for a missing parity bit")
        .isEqualTo(2);
    assertThat(((Serial) parser.parse("ascii:///dev/ttyS0").endpoint()).dataBits()).isEqualTo(7);
  }

  @Test
  void readsRs485() throws LineException {
    Serial line =
        (Serial)
            parser
                .parse(
                    "rtu:///dev/ttyS0?echo=true&rs485=true&rs485.rts.high=false"
                        + "&rs485.delay.before.ms=2&rs485.delay.after.ms=3")
                .endpoint();
    assertThat(line.rs485())
        .isEqualTo(new Rs485(true, false, Duration.ofMillis(2), Duration.ofMillis(3)));
    assertThat(line.echo()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://a?backup=b:1502, tcp://b:1502",
    "tcp://a?backup=b, tcp://b:502",
    "tcp://a?backup=rtutcp%3A%2F%2Fb%3A4001, rtutcp://b:4001",
    "tcp://a?backup=tls://b, tls://b:802",
    "tcp://a?backup=[fd00::6], tcp://[fd00::6]:502",
    "rtu:///dev/ttyS0?backup=rtu:///dev/ttyS1%3Fbaud%3D9600, rtu:///dev/ttyS1"
  })
  void readsBackups(String url, String backup) throws LineException {
    assertThat(parser.parse(url).backup()).map(ModbusEndpoint::url).hasValue(backup);
  }

  @Test
  void aLineOverridesTheConnectorsKeys() throws LineException {
    ModbusDevice device =
        parser.parse(
            "tcp://a?unit=255&connect.timeout.ms=1&request.timeout.ms=2&request.retries=3"
                + "&retry.backoff.ms=4&pause.after.connect.ms=5&inter.request.delay.ms=6"
                + "&backup.retry.ms=7");
    assertThat(device.unit()).isEqualTo(255);
    assertThat(device.config().get(ModbusConfig.CONNECT_TIMEOUT)).hasMillis(1);
    assertThat(device.config().get(ModbusConfig.REQUEST_TIMEOUT)).hasMillis(2);
    assertThat(device.config().get(ModbusConfig.REQUEST_RETRIES)).isEqualTo(3);
    assertThat(device.config().get(ModbusConfig.RETRY_BACKOFF)).hasMillis(4);
    assertThat(device.config().get(ModbusConfig.PAUSE_AFTER_CONNECT)).hasMillis(5);
    assertThat(device.config().get(ModbusConfig.INTER_REQUEST_DELAY)).hasMillis(6);
    assertThat(device.config().get(ModbusConfig.BACKUP_RETRY)).hasMillis(7);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.5:502 | not a URL; write it like tcp://10.0.0.5:502?unit=1",
        "tpc://10.0.0.5 | unknown transport 'tpc', did you mean tcp://?",
        "opc.tcp://10.0.0.5 | it must be one of tcp, tls, udp, rtutcp, rtu, ascii",
        "tcp://a:70000 | the port must be 1 to 65535, but is 70000",
        "tcp://a:0 | the port must be 1 to 65535, but is 0",
        "tcp://a: | the port must be 1 to 65535",
        "tcp://a:x | the port must be 1 to 65535, but is x",
        "tcp:// | has no host; write it like tcp://10.0.0.5:502",
        "tcp://:502 | has no host",
        "tcp://a/b | has no host",
        "tcp://fd00::5:502 | an IPv6 address needs brackets, e.g. tcp://[fd00::5]:502",
        "tcp://[fd00::5 | write an IPv6 address like tcp://[fd00::5]:502",
        "tcp://[fd00::5]x | write an IPv6 address like tcp://[fd00::5]:502",
        "tcp://[plc]:502 | brackets are for IPv6 addresses; leave them out",
        "tcp://a?unit=256 | unit=256: must be a whole number from 0 to 255",
        "rtu:///dev/ttyS0?unit=0 | unit=0: is the broadcast address of a serial line",
        "rtutcp://a?unit=0 | unit=0: is the broadcast address of a serial line",
        "rtu:///dev/ttyS0?unit=248 | unit=248: is reserved on a serial line; write 1 to 247",
        "tcp://a?request.timeout.ms=0 | request.timeout.ms=0: must be from 1 to 86400000",
        "tcp://a?request.retries=many | request.retries=many: Not a number",
        "tcp://a?unti=1 | unknown parameter 'unti', did you mean unit?",
        "tcp://a?baud=9600 | unknown parameter 'baud'; tcp:// takes backup, backup.retry.ms",
        "rtu:///dev/ttyS0?buad=9600 | unknown parameter 'buad', did you mean baud?",
        "tcp://a?unit | parameter 'unit' must be name=value, e.g. unit=1",
        "tcp://a?unit=1&unit=2 | parameter unit is given twice",
        "tcp://a?backup=%zz | has a % that is not followed by two hex digits",
        "tcp://a?backup=b:70000 | backup=b:70000: the port must be 1 to 65535",
        "tcp://a?backup=a:502 | backup= names the device's own connection; leave it out",
        "tcp://a?backup=tls://b%3Funit=2 | unknown parameter 'unit'",
        "rtu:///dev/ttyS0?backup=/dev/ttyS1 | write the whole URL",
        "rtu:// | has no serial port; write it like rtu:///dev/ttyUSB0",
        "rtu:///dev/ttyS0?data=7 | RTU needs 8 data bits",
        "rtu:///dev/ttyS0?parity=mark | parity=mark: must be one of none, even, odd",
        "rtu:///dev/ttyS0?rs485.rts.high=true | has no effect without rs485=true"
      })
  void saysWhatIsWrong(String url, String message) {
    assertThatThrownBy(() -> parser.parse(url))
        .isInstanceOf(LineException.class)
        .hasMessageContaining(message);
  }

  @Test
  void neverRepeatsWhatMayBeAPassword() {
    assertThatThrownBy(() -> parser.parse("tcp://user:secret@10.0.0.5"))
        .hasMessage("Modbus has no user names; write tcp://host:port");
    assertThatThrownBy(() -> parser.parse("user:secret@10.0.0.5"))
        .hasMessageStartingWith("not a URL; write it like");
  }
}
