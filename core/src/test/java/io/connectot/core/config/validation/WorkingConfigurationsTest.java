// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import static io.connectot.core.config.validation.Configs.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must not be refused. */
class WorkingConfigurationsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      textBlock =
          """
          tasks.max = 8
          tasks.max.enforce = false
          connector.plugin.version = [1.0,2.0)
          config.action.reload = none
          exactly.once.support = required
          transaction.boundary = interval
          transaction.boundary.interval.ms = 1000
          offsets.storage.topic = my-offsets
          key.converter = org.apache.kafka.connect.storage.StringConverter
          key.converter.plugin.version = 4.1.0
          key.converter.schemas.enable = false
          value.converter = io.confluent.connect.avro.AvroConverter
          value.converter.schema.registry.url = http://registry:8081
          value.converter.plugin.version = 4.1.0
          header.converter = org.apache.kafka.connect.storage.SimpleHeaderConverter
          header.converter.plugin.version = 4.1.0
          transforms = route,tags
          transforms.route.type = org.apache.kafka.connect.transforms.RegexRouter
          transforms.route.plugin.version = 4.1.0
          transforms.tags.topic = x
          predicates = tombstone
          predicates.tombstone.type = org.apache.kafka.connect.transforms.predicates.RecordIsTombstone
          predicates.tombstone.plugin.version = 4.1.0
          errors.tolerance = all
          errors.log.enable = true
          errors.retry.timeout = 1000
          producer.override.linger.ms = 50
          producer.override.ssl.protocol = TLSv1.3
          consumer.override.max.poll.records = 5
          admin.override.client.id = x
          topic.creation.groups = bulk
          topic.creation.default.partitions = 6
          topic.creation.bulk.include = plant.*
          description = presses of hall 3
          """)
  void keysOfOthers(String key, String value) {
    assertThat(Configs.errors(with(key, value))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          topic; plant.${device}${tag}_1
          topic; ${plant}
          topic; ${path}.${protocol}
          status.topic; ' '
          record.layout; ROW
          record.layout; value
          record.key; Tag
          uns.path; ' '
          uns.path; acme/münchen hall 3
          poll.interval.ms; ' 250 '
          reconnect.backoff.max.ms; 1000
          buffer.max.records; 1
          validate.connection; FALSE
          devices.press1; ' fake://x:502 '
          devices.hall 3 press.1; fake://x
          devices.Hülle (3); fake://x
          tags.Temperatur Öl; reg:1
          tags.file.name; reg:1
          tags.x; 7
          tags.x; ' reg:1   float32 '
          tags.x; reg:1 unit="m3 / h"
          tags.x; reg:1 unit="a""b"
          tags.x; reg:1 unit==
          tags.x; reg:1 string length=0x10
          tags.x; reg:1 scale=-1e-3 offset=+4
          tags.x; reg:1 string scale=1 offset=0
          tags.x; reg:1 boolean deadband=0
          tags.x; reg:1 deadband=5% report=Changes heartbeat=1m
          tags.x; reg:1 interval=24h
          tags.x; reg:1 device=press1
          tags.x; reg:1 device=press1|press2
          tags.x; reg:1 device="press1 press2"
          """)
  void valuesOfOurs(String key, String value) {
    assertThat(Configs.errors(with(key, value))).isEmpty();
  }

  @Test
  void oneNameOnTwoDevices() {
    Map<String, String> props =
        with("tags.a", "reg:1 device=press1", "report", "changes", "deadband", "5%");

    assertThat(Configs.errors(props)).isEmpty();
  }
}
