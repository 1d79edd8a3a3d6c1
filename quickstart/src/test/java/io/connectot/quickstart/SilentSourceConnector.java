// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** A connector that runs and writes nothing or, if configured, fails. */
public final class SilentSourceConnector extends SourceConnector {
  private Map<String, String> config = Map.of();

  @Override
  public void start(Map<String, String> props) {
    config = props;
  }

  @Override
  public Class<? extends Task> taskClass() {
    return SilentTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return List.of(config);
  }

  @Override
  public void stop() {}

  @Override
  public ConfigDef config() {
    return new ConfigDef();
  }

  @Override
  public String version() {
    return "1";
  }

  /** The task. */
  public static final class SilentTask extends SourceTask {
    @Override
    public void start(Map<String, String> props) {
      if (props.containsKey("fail")) {
        throw new IllegalStateException("nothing to say");
      }
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
      Thread.sleep(100);
      return null;
    }

    @Override
    public void stop() {}

    @Override
    public String version() {
      return "1";
    }
  }
}
