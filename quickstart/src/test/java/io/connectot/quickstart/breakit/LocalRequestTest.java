// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.breakit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRequestTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "127.0.0.1:8083, none, none",
        "localhost:8083, none, none",
        "[::1]:8083, none, none",
        "127.0.0.1:8083, http://127.0.0.1:8083, same-origin",
        "localhost, http://localhost, none"
      })
  void allowsThePageAndPrograms(String host, String origin, String site) {
    assertThat(LocalRequest.isAllowed(host, origin, site)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "127.0.0.1:8083, http://evil.example, none",
        "127.0.0.1:8083, null, none",
        "127.0.0.1:8083, http://127.0.0.1:9000, none",
        "127.0.0.1:8083, none, cross-site",
        "127.0.0.1:8083, none, same-site",
        "evil.example:8083, http://evil.example:8083, same-origin",
        "127.0.0.1.evil.example:8083, none, none",
        "localhost.evil.example, none, none",
        "none, none, none"
      })
  void refusesPagesOfOtherSites(String host, String origin, String site) {
    assertThat(LocalRequest.isAllowed(host, origin, site)).isFalse();
  }

  @Test
  void allowsTheAddressThatABrowserIsGiven() {
    assertThat(LocalRequest.isAllowed("127.0.0.1:8083", null, "none")).isTrue();
  }
}
