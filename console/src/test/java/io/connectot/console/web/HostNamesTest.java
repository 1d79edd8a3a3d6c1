// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
  private final HostNames names =
      new HostNames(Arrays.asList("Connect.example.com", "gate.example.com:8443", null, " "));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:8083",
        "10.0.0.5",
        "[::1]:8083",
        "localhost:8083",
        "connect:8083",
        "worker1.plant.local",
        "connect.kafka.svc:8083",
        "connect.kafka.svc.cluster.local:8083",
        "connect.example.com:8083",
        "CONNECT.EXAMPLE.COM.",
        "gate.example.com"
      })
  void answersUnderPrivateNamesAndThoseOfTheWorker(String host) {
    assertThat(names.allow(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example:8083",
        "evil.example.com",
        "connect.example.com.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1:8083.evil.example",
        "1.2.3.4.5",
        "svc.evil.example"
      })
  void refusesPublicNames(String host) {
    assertThat(names.allow(host)).isFalse();
  }

  @Test
  void answersWhoIsNoBrowser() {
    assertThat(names.allow(null)).isTrue();
    assertThat(new HostNames(List.of()).allow("localhost")).isTrue();
  }

  @Test
  void takesTheNamesOfListeners() {
    assertThat(HostNames.ofListener("https://worker1.example.com:8083"))
        .isEqualTo("worker1.example.com");
    assertThat(HostNames.ofListener("http://:8083")).isNull();
    assertThat(HostNames.ofListener("not a listener")).isNull();
  }
}
