// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.connectot.core.mapping.RecordMapper;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordForm;
import io.connectot.core.mapping.settings.RecordKey;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.settings.RecordOrigin;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.ValueType;
import io.connectot.core.testing.Points;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;

/** The comparison is fair only if both sides write the same records. */
class JsonRecordsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long NANOS = 1_700_000_000_123_456_789L;
  private static final Device<String> DEVICE = new Device<>("device0", "", "", Map.of());

  private final Scan scan = new Scan(NANOS, values());
  private final JsonRecords records = new JsonRecords("bench", "device0", "modbus", "bench");

  @Test
  void rowIsTheConnectorsRow() throws IOException {
    List<byte[]> written = connector(RecordLayout.ROW);

    assertThat(written).hasSize(1);
    assertSame(written.get(0), records.row(scan));
  }

  @Test
  void measurementIsTheConnectorsMeasurement() throws IOException {
    List<byte[]> written = connector(RecordLayout.MEASUREMENT);

    assertThat(written).hasSize(ScanRegisters.TAGS);
    for (int tag = 0; tag < ScanRegisters.TAGS; tag++) {
      assertSame(written.get(tag), records.measurement(scan, tag));
    }
  }

  private static void assertSame(byte[] connector, byte[] bare) throws IOException {
    assertThat(JSON.readTree(bare)).isEqualTo(JSON.readTree(connector));
    assertThat(bare).hasSameSizeAs(connector);
  }

  private static List<byte[]> connector(RecordLayout layout) {
    List<Tag<String>> tags = new ArrayList<>();
    List<Measurement> measurements = new ArrayList<>();
    for (int i = 0; i < ScanRegisters.TAGS; i++) {
      Tag<String> tag =
          new Tag<>(
              ScanRegisters.NAMES.get(i),
              "",
              i < ScanRegisters.FLOATS ? ValueType.FLOAT32 : ValueType.FLOAT64,
              Optional.empty(),
              Duration.ofSeconds(1),
              ReportPolicy.ALL,
              Scaling.NONE,
              Map.of());
      tags.add(tag);
      measurements.add(
          Measurement.good(Points.of(DEVICE, tag), NANOS, new DoubleValue(values()[i])));
    }
    MappingSettings settings =
        new MappingSettings(
            layout,
            RecordKey.PATH,
            NameTemplate.compile("t.${device}", Vocabulary.MEASUREMENT),
            new RecordOrigin("bench", "modbus", "bench"),
            RecordForm.DEFAULT);
    List<byte[]> written = new ArrayList<>();
    try (JsonConverter converter = new JsonConverter()) {
      converter.configure(Map.of("schemas.enable", "false"), false);
      RecordMapper.of(settings, tags)
          .forDevice(DEVICE)
          .map(
              measurements,
              measurements,
              made ->
                  written.add(
                      converter.fromConnectData(made.topic(), made.valueSchema(), made.value())));
    }
    return written;
  }

  private static double[] values() {
    double[] values = new double[ScanRegisters.TAGS];
    for (int i = 0; i < values.length; i++) {
      values[i] = i < ScanRegisters.FLOATS ? 20f + 0.01f * i : (200 + i) * ScanRegisters.TENTH;
    }
    return values;
  }
}
