// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.mqtt.source.mapping.Mapped.Made;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.ConnectSchema;

/** What Kafka and Connect ask of any record. */
final class RecordChecks {
  private static final Pattern TOPIC = Pattern.compile("(?!\\.\\.?$)[a-zA-Z0-9._-]{1,249}");

  private RecordChecks() {}

  static void check(List<Made> records) {
    for (Made made : records) {
      assertThat(TOPIC.matcher(made.topic()).matches()).as(made.topic()).isTrue();
      if (made.schema() != null) {
        ConnectSchema.validateValue(made.schema(), made.value());
      }
      assertThat(made.timestamp() >= 0 && made.size() > 0).isTrue();
    }
  }
}
