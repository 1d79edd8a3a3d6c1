// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.model.Value.TextValue;
import io.connectot.core.spi.line.LineException;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written for texts, exactly or not at all. */
class BuiltinEncoderTest {
  private final BuiltinEncoder encoder = new BuiltinEncoder(new NamespaceTable());

  @ParameterizedTest
  @CsvSource({
    "Guid, 1-1-1-1-1",
    "Guid, 109087e75-8e5e-499b-954f-f2a9603db28",
    "StatusCode, 0x80000000FF",
    "DateTime, 1600-12-31T23:59:59Z",
    "DateTime, +60000-01-01T00:00:00Z",
    "DateTime, 2026-11-30"
  })
  void refusesWhatWouldBecomeAnotherValue(OpcUaDataType type, String text) {
    assertThatThrownBy(() -> encoder.of(new TextValue(text), type))
        .isInstanceOf(LineException.class);
  }

  @Test
  void encodesGuidsAndStatusCodes() throws LineException {
    String guid = "09087E75-8E5E-499B-954F-F2A9603DB28A";
    assertThat(encoder.of(new TextValue(guid), OpcUaDataType.Guid))
        .isEqualTo(UUID.fromString(guid));
    assertThat(encoder.of(new TextValue("0x80000000 Bad"), OpcUaDataType.StatusCode))
        .isEqualTo(StatusCode.BAD);
  }
}
