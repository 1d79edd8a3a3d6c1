// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.contract.tally.TallySinkProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandValidatorTest {
  private final Map<String, String> props = new HashMap<>();

  CommandValidatorTest() {
    props.put("name", "x");
    props.put("topics", "commands");
    props.put("devices.press", "tally://hall1");
    props.put("tags.speed", "0 write=true min=0 max=10 unit=rpm interval=5s report=changes");
    props.put("validate.connection", "false");
  }

  @Test
  void takesTheLinesOfASource() {
    props.put("tags.level", "1 heartbeat=1m");
    assertThat(errors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0 min=5;min has no effect without write=true",
        "0 write=yes;write=yes",
        "0 write=true min=5 max=4;min=5 is more than max=4",
        "0 write=true step=0;must be more than 0",
        "0 write=true write.rate=5;such as 6/1m",
        "0 write=true write.rate=0/1m;such as 6/1m",
        "0 write=true write.rate=5/2d;2d",
        "0 write=true write.verify=once;must be one of none, read, until",
        "0 write=true tolerance=1;no effect without write.verify",
        "0 write=true write.verify=read tolerance=-1;must be 0 or more",
        "0 write=true write.if=mode;must compare a tag",
        "0 write=true write.if=mode=1;device 'press' has no tag 'mode'",
        "0 write=true idempotend=true;did you mean idempotent?"
      })
  void refusesLinesThatCannotWork(String line, String message) {
    props.put("tags.speed", line);
    assertThat(errors()).containsOnlyKeys("tags.speed");
    assertThat(errors().get("tags.speed")).contains(message);
  }

  @Test
  void needsATagThatMayBeWritten() {
    props.put("tags.speed", "0");
    assertThat(errors().get("tags.file")).contains("write=true");
  }

  @Test
  void readsOptionsOfAFileOnlyWhereItSaysWrite(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("tags.csv");
    Files.writeString(file, "name,address,write,min,max\nlevel,1,true,a,5\nother,2,,low,high\n");
    props.put("tags.file", file.toString());
    assertThat(errors()).containsOnlyKeys("tags.file");
    assertThat(errors().get("tags.file")).contains("min=a", "level").doesNotContain("low");
  }

  @Test
  void needsAClusterForResults() {
    props.put("result.topic", "results");
    assertThat(errors().get("result.topic")).contains("result.producer.bootstrap.servers");
    props.put("result.producer.bootstrap.servers", "localhost:9092");
    assertThat(errors()).isEmpty();
  }

  @Test
  void needsAJournalForAtMostOnce() {
    props.put("write.delivery", "at-most-once");
    assertThat(errors().get("write.delivery"))
        .contains("result.topic")
        .contains("command.journal.topic");
  }

  @Test
  void keepsTopicsApart() {
    props.put("result.producer.bootstrap.servers", "localhost:9092");
    props.put("result.topic", "commands");
    assertThat(errors().get("result.topic")).contains("topics of commands");
    props.put("result.topic", "results");
    props.put("status.topic", "results");
    assertThat(errors().get("status.topic")).contains("topic of another key");
  }

  @Test
  void findsAConverterThatIsNotThere() {
    props.put("result.producer.bootstrap.servers", "localhost:9092");
    props.put("result.topic", "results");
    props.put("result.value.converter", "com.example.NoConverter");
    assertThat(errors().get("result.value.converter")).contains("no such converter");
  }

  @Test
  void testsTheConnection() {
    props.put("validate.connection", "true");
    assertThat(errors().get("devices.press")).contains("cannot be reached");
  }

  @Test
  void suggestsKeys() {
    props.put("command.tll.ms", "5");
    assertThat(errors().get("command.tll.ms")).contains("did you mean command.ttl.ms?");
  }

  private Map<String, String> errors() {
    Map<String, String> errors = new HashMap<>();
    for (ConfigValue value :
        new CommandProtocol(new TallySinkProtocol()).validate(props).configValues()) {
      if (!value.errorMessages().isEmpty()) {
        errors.put(value.name(), String.join("; ", value.errorMessages()));
      }
    }
    return errors;
  }
}
