// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.consumers.fixture.ApicurioRegistry;
import io.connectot.consumers.fixture.Consumers;
import io.connectot.consumers.fixture.Recipes;
import io.connectot.consumers.fixture.Sources;
import io.connectot.core.testing.Peers;
import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The recipe for a registry, which compares every schema with the one before it: no connector fails
 * in an outage, at a gap, with a new tag or with a changed type.
 */
@Tag("peers")
class RegistryIT {
  /** A tag that is added, and the same tag with another type, for each connector with tags. */
  private static final Map<String, String[]> NEW_TAGS =
      Map.of(
          "press", new String[] {"tags.more", "holding:100 uint16", "holding:100 int16 scale=0.5"},
          "meter",
              new String[] {"tags.more", "holding-register:2:UINT", "holding-register:2:BOOL[2]"},
          "filling",
              new String[] {
                "tags.more",
                "nsu=urn:connectot:plant;s=Types.Int32",
                "nsu=urn:connectot:plant;s=Types.String"
              },
          "rooms",
              new String[] {
                "subscriptions.halls",
                "halls/+/+ format=measurement",
                "halls/+/+ format=measurement type=string"
              });

  private final Map<String, Map<String, String>> configs = new LinkedHashMap<>();

  @Test
  void noTaskFailsWithTheRuleBackward() throws Exception {
    Peers.needCurl();
    try (ApicurioRegistry registry = ApicurioRegistry.start();
        Sources sources = new Sources();
        Site site = Consumers.start();
        RecordReader records = site.reader("measurements|device_status|gaps|events")) {
      setRules(registry);
      assertThat(registry.rules()).isEqualTo(Map.of("COMPATIBILITY", "BACKWARD"));
      Map<String, String> converters = Recipes.properties("apicurio");
      converters.replaceAll((key, value) -> value.replace("registry:8080", registry.address()));
      for (String name : Sources.NAMES) {
        configs.put(name, sources.connector(name, converters));
        site.create(name, configs.get(name), 1);
      }
      sources.plant().alarms().raise("Level", "Press1", 700, "the level is high");
      sources.publish("rooms/kitchen/temperature", "19.5");
      awaitRecordsOfAll(site, records, "measurements", 0);

      for (String name : Sources.NAMES) {
        sources.switchOff(name);
      }
      int position = records.position();
      awaitRecordsOfAll(site, records, "device_status", position);
      for (String name : Sources.NAMES) {
        sources.switchOn(name);
      }
      sources.publish("rooms/kitchen/temperature", "19.6");
      awaitRecordsOfAll(site, records, "measurements", position);
      awaitTopics(site, records, "gaps");

      for (int change = 1; change <= 2; change++) {
        for (String name : Sources.NAMES) {
          String[] tag = NEW_TAGS.get(name);
          configs.get(name).put(tag[0], tag[change]);
          site.create(name, configs.get(name), 1);
        }
        position = records.position();
        sources.publish("halls/a/temperature", "19.7");
        sources.plant().counters().advanceAll();
        awaitRecordsOfAll(site, records, "measurements", position);
      }
      Consumers.assertNoneFailed(site);

      Map<String, Integer> once = new TreeMap<>();
      for (String topic : new String[] {"measurements", "device_status", "gaps", "events"}) {
        once.put(topic + "-value", 1);
      }
      assertThat(registry.versions()).isEqualTo(once);
    }
  }

  /** Runs the command of the page. */
  private static void setRules(ApicurioRegistry registry) throws IOException, InterruptedException {
    Process command =
        new ProcessBuilder(
                "bash",
                "-c",
                Recipes.text("apicurio rule").replace("registry:8080", registry.address()))
            .redirectErrorStream(true)
            .start();
    String output = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(command.waitFor()).as(output).isZero();
  }

  /**
   * Waits for a record of each connector; the name of the connector is in each record's headers.
   */
  private static void awaitRecordsOfAll(
      Site site, RecordReader records, String topic, int position) {
    Consumers.awaitTrue(
        site,
        "records of every connector in " + topic,
        () ->
            records.all().stream()
                    .skip(position)
                    .filter(record -> record.topic().equals(topic))
                    .map(record -> record.header("ot.connector"))
                    .distinct()
                    .count()
                == Sources.NAMES.size());
  }

  private static void awaitTopics(Site site, RecordReader records, String topic) {
    Consumers.awaitTrue(
        site,
        "a record in " + topic,
        () -> records.all().stream().anyMatch(record -> record.topic().equals(topic)));
  }
}
