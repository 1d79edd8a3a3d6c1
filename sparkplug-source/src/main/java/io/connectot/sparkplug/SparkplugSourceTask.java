// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.BufferConfig;
import io.connectot.core.config.common.ConnectionConfig;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.inventory.Inventory;
import io.connectot.core.connection.loop.RetryPolicy;
import io.connectot.core.metrics.TaskMetric.Scope;
import io.connectot.core.source.OtSourceTask;
import io.connectot.core.source.SourceSettings;
import io.connectot.core.source.SourceSetup;
import io.connectot.sparkplug.source.SparkplugSourceConfig;
import java.util.Map;
import java.util.Optional;

/** Runs one Sparkplug host application. */
public final class SparkplugSourceTask extends OtSourceTask {
  @Override
  protected SourceSetup<?, ?> setup(Map<String, String> props) {
    SparkplugSourceConfig config = new SparkplugSourceConfig(props);
    Configuration keys = config.keys();
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
        Inventory.ofDevices(config.hosts()));
  }
}
