// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.line.LineException;
import io.connectot.plc4x.adapter.DriverRegistry.Login;
import org.junit.jupiter.api.Test;

/** What of a connection string is shown to whom. */
class ConnectionStringTest {
  private static final String SECRETS =
      "opcua:tcp://plc:4840?discovery=false&username=op&password=hunter2&key-store-password=s3cr3t";

  @Test
  void keepsWhatTheDriverNeeds() throws LineException {
    ConnectionString url = ConnectionString.parse(SECRETS);
    assertThat(url.driver()).isEqualTo("opcua");
    assertThat(url.transport()).contains("tcp");
    assertThat(url.address()).isEqualTo("plc:4840");
    assertThat(url.text()).isEqualTo(SECRETS);
  }

  @Test
  void showsNoCredentials() throws LineException {
    ConnectionString url = ConnectionString.parse(SECRETS);
    Plc4xDevice device = new Plc4xDevice(url, new Login("op", "pa55word"));
    assertThat(url.endpoint()).isEqualTo("opcua:tcp://plc:4840?discovery=false");
    assertThat(url + " " + device)
        .doesNotContain("hunter2")
        .doesNotContain("s3cr3t")
        .doesNotContain("pa55word");
    assertThat(url.redact("login of op with hunter2 and s3cr3t failed"))
        .isEqualTo("login of op with … and … failed");
    assertThat(device.protocol()).isEqualTo("plc4x:opcua");
  }

  @Test
  void saysNoSecretWhenItIsWrong() {
    assertThatThrownBy(() -> ConnectionString.parse("s7://op:hunter2@plc"))
        .isInstanceOf(LineException.class)
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> ConnectionString.parse("s7:/plc?password=hunter2"))
        .isInstanceOf(LineException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void takesAParameterOnce() {
    assertThatThrownBy(() -> ConnectionString.parse("s7://plc?remote-slot=1&remote-slot=2"))
        .hasMessageContaining("remote-slot twice");
  }
}
