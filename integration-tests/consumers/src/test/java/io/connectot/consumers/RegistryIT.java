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
import io.connectot.opcua.testing.PlantServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The recipe for a registry, which compares every schema with the one before it: no connector fails
 * in an outage, at a gap, with a new tag or with a changed type.
 */
@Tag("peers")
class RegistryIT {
  /** A tag or subscription that is added, and the same with another type. */
  private static final Map<String, List<String>> NEW_TAGS =
      Map.of(
          "press", List.of("holding:100 uint16", "holding:100 int16 scale=0.5"),
          "meter", List.of("holding-register:2:UINT", "holding-register:2:BOOL"),
          "filling",
              List.of(PlantServer.address("Scalars.Int32"), PlantServer.address("Scalars.String")),
          "rooms",
              List.of("more/+/+ format=measurement", "more/+/+ format=measurement type=string"));

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
        // The registry fails when two clients register the same schema at the same moment.
        awaitTopic(site, records, "measurements");
        awaitTopic(site, records, "device_status");
      }
      sources.plant().alarms().raise("Level", "Press1", 700, "the level is high");
      awaitValuesOfAll(sources, site, records, "");

      int position = records.position();
      for (String name : Sources.NAMES) {
        sources.switchOff(name);
      }
      awaitRecordsOfAll(site, records, "device_status", position);
      for (String name : Sources.NAMES) {
        sources.switchOn(name);
        awaitTopic(site, records, "gaps");
      }
      awaitValuesOfAll(sources, site, records, "");
      awaitTopic(site, records, "gaps");
      awaitTopic(site, records, "events");

      for (int change = 0; change < 2; change++) {
        for (String name : Sources.NAMES) {
          configs.get(name).put(newKey(name), NEW_TAGS.get(name).get(change));
          site.create(name, configs.get(name), 1);
        }
        awaitValuesOfAll(sources, site, records, "more");
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

  private static String newKey(String connector) {
    return connector.equals("rooms") ? "subscriptions.more" : "tags.more";
  }

  /** Waits for new values of each connector with a path, some of which need a change. */
  private static void awaitValuesOfAll(
      Sources sources, Site site, RecordReader records, String path) {
    int position = records.position();
    Consumers.awaitTrue(
        site,
        "values of every connector",
        () -> {
          sources.publish("rooms/kitchen/temperature", "19.5");
          sources.publish("more/more/temperature", "19.7");
          sources.plant().counters().advanceAll();
          return hasRecordsOfAll(records, "measurements", position, path);
        });
  }

  private static void awaitRecordsOfAll(
      Site site, RecordReader records, String topic, int position) {
    Consumers.awaitTrue(
        site,
        "records of every connector in " + topic,
        () -> hasRecordsOfAll(records, topic, position, ""));
  }

  /** The name of the connector is in the headers of each record. */
  private static boolean hasRecordsOfAll(
      RecordReader records, String topic, int position, String path) {
    Set<String> connectors =
        records.all().stream()
            .skip(position)
            .filter(record -> record.topic().equals(topic) && record.key().contains(path))
            .map(record -> record.header("ot.connector"))
            .collect(Collectors.toSet());
    return connectors.equals(Set.copyOf(Sources.NAMES));
  }

  private static void awaitTopic(Site site, RecordReader records, String topic) {
    Consumers.awaitTrue(
        site,
        "a record in " + topic,
        () -> records.all().stream().anyMatch(record -> record.topic().equals(topic)));
  }
}
