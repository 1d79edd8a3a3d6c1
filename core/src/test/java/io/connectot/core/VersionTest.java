// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {
  @Test
  void isTheOneThatMavenBuilt() {
    assertThat(Version.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
  }
}
