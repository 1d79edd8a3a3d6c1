// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.line.LineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceLineParserTest {

  @ParameterizedTest
  @CsvSource({
    "opc.tcp://10.0.0.5:4841/a/b, opc.tcp://10.0.0.5:4841/a/b",
    "opc.tcp://PLC.plant.example, opc.tcp://plc.plant.example:4840",
    "OPC.TCP://plc_1/, opc.tcp://plc_1:4840",
    "opc.tcp://[fd00::5], opc.tcp://[fd00::5]:4840",
    "opc.tcp://[FD00::5]:4841/UA, opc.tcp://[fd00::5]:4841/UA",
  })
  void readsUrls(String line, String url) throws Exception {
    assertThat(DeviceLineParser.parse(line).urls()).containsExactly(url);
  }

  @Test
  void readsSeveralInTheirOrder() throws Exception {
    OpcUaDevice device = DeviceLineParser.parse("opc.tcp://b, opc.tcp://a");
    assertThat(device.urls()).containsExactly("opc.tcp://b:4840", "opc.tcp://a:4840");
    assertThat(device.endpoint()).isEqualTo("opc.tcp://b:4840");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.5:4840, no URL",
    "'', names no server",
    "'opc.tcp://a,', names no server",
    "tcp://10.0.0.5, not over tcp://",
    "opc.tcp://, names no host",
    "opc.tcp://fd00::5, IPv6",
    "opc.tcp://[fd00::5, IPv6",
    "opc.tcp://[fd00::5]4840, IPv6",
    "opc.tcp://a:0, port must be 1 to 65535",
    "opc.tcp://a:70000, port must be 1 to 65535",
    "opc.tcp://a:x, port must be 1 to 65535",
    "opc.tcp://a?unit=1, behind the path",
    "'opc.tcp://a,opc.tcp://A:4840', twice",
  })
  void saysWhatIsWrong(String line, String message) {
    assertThatThrownBy(() -> DeviceLineParser.parse(line))
        .isInstanceOf(LineException.class)
        .hasMessageContaining(message);
  }

  @Test
  void doesNotRepeatCredentials() {
    assertThatThrownBy(() -> DeviceLineParser.parse("opc.tcp://joe:hush@10.0.0.5:4840"))
        .isInstanceOf(LineException.class)
        .hasMessageContaining("opcua.auth.username")
        .hasMessageNotContaining("hush");
  }
}
