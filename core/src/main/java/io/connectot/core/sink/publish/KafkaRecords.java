// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.publish;

import io.connectot.core.mapping.record.PreparedRecord;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.storage.Converter;

/**
 * Makes Kafka's records: texts for keys and headers, values by a converter. Thread-safe if the
 * converter is.
 */
record KafkaRecords(Converter converter)
    implements Function<PreparedRecord, ProducerRecord<byte[], byte[]>> {

  @Override
  public ProducerRecord<byte[], byte[]> apply(PreparedRecord record) {
    ProducerRecord<byte[], byte[]> made =
        new ProducerRecord<>(
            record.topic(),
            null,
            record.timestampMillis(),
            record.key().toString().getBytes(StandardCharsets.UTF_8),
            converter.fromConnectData(record.topic(), record.valueSchema(), record.value()));
    for (Header header : record.headers()) {
      made.headers().add(header.key(), header.value().toString().getBytes(StandardCharsets.UTF_8));
    }
    return made;
  }
}
