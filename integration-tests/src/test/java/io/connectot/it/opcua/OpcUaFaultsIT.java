// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.it.fixture.RecordReader;
import io.connectot.it.fixture.RecordReader.Received;
import io.connectot.it.fixture.Sequences;
import io.connectot.it.fixture.SharedSite;
import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.TcpProxy;
import io.connectot.opcua.testing.PlantOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Faults of the server, its sessions and the network while values change. */
@Tag("full")
@ExtendWith(SharedSite.class)
class OpcUaFaultsIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final int COUNTERS = 100;
  private static final int EACH = 100;
  private static final PlantOptions QUEUES = PlantOptions.DEFAULT.withCounters(COUNTERS);

  private final Site site;

  OpcUaFaultsIT(Site site) {
    this.site = site;
  }

  @Test
  void readsFromHistoryWhatWasWhileTheServerWasAway() throws Exception {
    nothingIsLost(
        QUEUES,
        "server restarted, other namespace indexes",
        plant -> {
          plant.server().stop();
          await("the outage").pollDelay(Duration.ofSeconds(2)).until(() -> true);
          plant.server().restart(QUEUES.withNamespacesBefore("urn:new:1", "urn:new:2"));
        });
  }

  @Test
  void goesOnWithTheSameSubscriptionWhenTheConnectionIsCut() throws Exception {
    nothingIsLost(
        QUEUES.withHistory(false),
        "connections cut three times",
        plant -> {
          for (int cut = 0; cut < 3; cut++) {
            plant.server().dropConnections();
            await("the next cut").pollDelay(Duration.ofSeconds(1)).until(() -> true);
          }
        });
  }

  @Test
  void goesOnWithTheSameSubscriptionWhenTheServerEndsTheSession() throws Exception {
    nothingIsLost(
        QUEUES.withHistory(false),
        "session ended, subscription kept",
        plant -> plant.server().dropSessions(false));
  }

  @Test
  void readsFromHistoryWhenTheServerEndsTheSubscription() throws Exception {
    nothingIsLost(
        QUEUES, "session and subscription ended", plant -> plant.server().dropSessions(true));
  }

  @Test
  void noticesAConnectionThatCarriesNothingAnyMore() throws Exception {
    try (CountedPlant plant = new CountedPlant(site, QUEUES.withHistory(false), EACH);
        TcpProxy network = new TcpProxy(plant.server().port());
        RecordReader news = site.reader(plant.name() + "\\.status")) {
      plant.config().put("devices.plant", "opc.tcp://localhost:" + network.port() + "/plant");
      plant.create(1);
      plant.count(PERIOD);
      plant.awaitCounted(EACH / 4);
      int online = awaitOnline(news).size();
      network.cut();
      news.awaitOne(
          "the device to be offline",
          LIMIT,
          online,
          record -> record.text("state").equals("OFFLINE"));
      network.heal();

      Sequences.Count count = plant.awaitEnd("network cut without a word");
      assertThat(count.lost()).as("lost").isZero();
      assertThat(count.outOfOrder()).as("out of order").isZero();
    }
  }

  @Test
  void goesOnWhenTheServerHasAnotherCertificate() throws Exception {
    nothingIsLost(
        QUEUES,
        "server with another certificate",
        plant -> {
          plant.server().stop();
          plant.server().security().renew();
          plant.server().restart();
        });
  }

  @Test
  void makesSmallerRequestsForAServerThatAsksForThem() throws Exception {
    try (CountedPlant plant = new CountedPlant(site, QUEUES, EACH / 2)) {
      for (Service service : Service.values()) {
        plant.server().faults().enforce(service, 7);
      }
      plant.create(1);
      plant.count(PERIOD);

      assertThat(plant.awaitEnd("at most 7 operations a request").lost()).as("lost").isZero();
    }
  }

  @Test
  void getsByWithLessOfEverythingThanItAsksFor() throws Exception {
    try (CountedPlant plant = new CountedPlant(site, QUEUES, EACH)) {
      plant
          .server()
          .limits()
          .operations(5, 5, 5, 5, 5)
          .browseContinuationPoints(1)
          .minPublishingMs(500)
          .minSamplingMs(250)
          .maxQueue(10)
          .maxLifetimeMs(3_000)
          .maxSessionTimeoutMs(3_000);
      plant.create(1);
      plant.count(PERIOD);
      plant.awaitCounted(EACH / 4);
      plant.server().dropConnections();

      Sequences.Count count = plant.awaitEnd("every limit of the server low");
      assertThat(count.lost()).as("lost").isZero();
      assertThat(count.outOfOrder()).as("out of order").isZero();
    }
  }

  private void nothingIsLost(PlantOptions options, String what, Consumer<CountedPlant> fault)
      throws Exception {
    try (CountedPlant plant = new CountedPlant(site, options, EACH)) {
      plant.create(1);
      plant.count(PERIOD);
      plant.awaitCounted(EACH / 4);
      fault.accept(plant);

      Sequences.Count count = plant.awaitEnd(what);
      assertThat(count.lost()).as("lost").isZero();
      assertThat(count.outOfOrder()).as("out of order").isZero();
      assertThat(count.foreign()).as("not counted by the plant").isZero();
    }
  }

  /** The first attempt to connect may have failed. */
  private static List<Received> awaitOnline(RecordReader news) {
    return news.awaitAll(
        "the device to be online",
        LIMIT,
        all -> all.stream().anyMatch(record -> record.text("state").equals("ONLINE")));
  }
}
