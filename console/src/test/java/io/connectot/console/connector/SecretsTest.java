// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mqtt.password | s3cret",
        "opcua.auth.password | s3cret",
        "ssl.keystore.password | s3cret",
        "ssl.key.password | s3cret",
        "ssl.keystore.key | s3cret",
        "producer.override.sasl.jaas.config | user s3cret",
        "value.converter.basic.auth.user.info | me:s3cret",
        "value.converter.bearer.auth.token | s3cret",
        "devices.press | tcp://me:s3cret@host:502",
        "devices.plc | s7://host?password=s3cret&rack=0",
        "devices.press | tcp://me:p@s3cret@host:502",
        "devices.press | tcp://me:p/s3cret@host:502",
        "devices.press | tcp://s3cret@host:502",
        "devices.plc | opcua://host?pwd=s3cret",
        "devices.plc | x://host password=\"a \\\"s3cret\" unit=1",
        "ssl.certificates | -----BEGIN PRIVATE KEY----- s3cret",
      })
  void hides(String key, String value) {
    assertThat(Secrets.masked(Map.of(key, value)).get(key))
        .doesNotContain("s3cret")
        .contains(Secrets.HIDDEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mqtt.password.file | /run/secrets/mqtt",
        "ssl.keystore.location | /etc/keys/client.p12",
        "devices.press | tcp://host:502?unit=1",
        "tags.temp | holding:100 float32 unit=°C",
        "record.key | path",
        "devices.press | tcp://host:502 contact=me@plant",
      })
  void shows(String key, String value) {
    assertThat(Secrets.masked(Map.of(key, value))).containsEntry(key, value);
  }
}
