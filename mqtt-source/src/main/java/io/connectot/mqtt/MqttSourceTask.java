// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.BufferConfig;
import io.connectot.core.config.common.ConnectionConfig;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.inventory.Inventory;
import io.connectot.core.connection.loop.RetryPolicy;
import io.connectot.core.metrics.TaskMetric.Scope;
import io.connectot.core.model.Device;
import io.connectot.core.source.OtSourceTask;
import io.connectot.core.source.SourceSettings;
import io.connectot.core.source.SourceSetup;
import io.connectot.mqtt.source.MqttSourceConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the messages of one MQTT session. */
public final class MqttSourceTask extends OtSourceTask {
  @Override
  protected SourceSetup<?, ?> setup(Map<String, String> props) {
    MqttSourceConfig config = new MqttSourceConfig(props);
    Configuration keys = config.keys();
    String endpoint = config.connection().endpoint();
    return new SourceSetup<>(
        new SourceSettings(
            new SourceSettings.Records(config.mapping(), MappingConfig.eventTopics(keys)),
            new SourceSettings.Buffer(
                keys.get(BufferConfig.MAX_RECORDS), keys.get(BufferConfig.MAX_BYTES)),
            new RetryPolicy(
                keys.get(ConnectionConfig.RECONNECT_BACKOFF),
                keys.get(ConnectionConfig.RECONNECT_BACKOFF_MAX)),
            1,
            keys.get(ConnectionConfig.QUALITY_ON_DISCONNECT),
            Scope.MESSAGES),
        config.driver(),
        Optional.empty(),
        Inventory.of(List.of(new Device<>(endpoint, endpoint, endpoint, Map.of())), Map.of()));
  }
}
