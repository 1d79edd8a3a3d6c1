// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import static org.awaitility.Awaitility.await;

import io.connectot.core.testing.Peers;
import io.connectot.it.fixture.TcpProxy;
import io.connectot.it.fixture.WorkerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A fault that affects all connectors at once, or those that have what fails. The order is the
 * order of the table.
 */
enum Fault {
  WORKER_KILLED("worker killed (SIGKILL)") {
    @Override
    void strike(Plant plant) throws IOException {
      plant.site().worker().kill();
      plant.pause(plant.scale().outage());
      plant.site().worker().start();
    }
  },

  KAFKA_FROZEN("Kafka frozen (SIGSTOP)") {
    @Override
    void strike(Plant plant) {
      plant.kafka().freeze();
      try {
        plant.pause(plant.scale().frozen());
      } finally {
        plant.kafka().thaw();
      }
    }
  },

  OTHER_SIDE_KILLED("peer restarted") {
    @Override
    void strike(Plant plant) {
      plant.otherSides().forEach(OtherSide::kill);
      plant.pause(plant.scale().outage());
      plant.otherSides().forEach(OtherSide::start);
    }
  },

  BROKER_KILLED("MQTT broker killed (SIGKILL)") {
    @Override
    boolean strikes(Subject subject) {
      return subject.otherSide() instanceof CrashingSide;
    }

    @Override
    boolean peersCanLose() {
      return true;
    }

    @Override
    void strike(Plant plant) {
      List<CrashingSide> sides =
          plant.otherSides().stream()
              .filter(CrashingSide.class::isInstance)
              .map(CrashingSide.class::cast)
              .toList();
      sides.forEach(CrashingSide::crash);
      plant.pause(plant.scale().outage());
      sides.forEach(OtherSide::start);
    }
  },

  NETWORK_CUT("network cut") {
    @Override
    void strike(Plant plant) {
      plant.subjects().forEach(subject -> subject.network().cut());
      plant.pause(plant.scale().cut());
      plant.subjects().forEach(subject -> subject.network().heal());
    }
  },

  NETWORK_DELAYED("network delay of 200 ms") {
    @Override
    void strike(Plant plant) {
      plant.subjects().forEach(subject -> subject.network().delay(DELAY_MS));
      plant.pause(plant.scale().cut());
      plant.subjects().stream().map(Subject::network).forEach(TcpProxy::heal);
    }
  },

  DISK_FULL("Kafka's disk full") {
    @Override
    void prepare(Plant plant) {
      Peers.needTmpfs();
    }

    @Override
    void strike(Plant plant) throws IOException {
      plant.disk().fill();
      try {
        await()
            .atMost(plant.scale().frozen())
            .pollInterval(Duration.ofMillis(100))
            .until(() -> !plant.kafka().isAlive());
      } catch (ConditionTimeoutException e) {
        // The broker is still running, but it cannot write; it is killed.
      }
      plant.kafka().kill();
      plant.disk().free();
      plant.kafka().start();
    }
  },

  CLOCK_SET("worker's clock changed") {
    @Override
    void prepare(Plant plant) throws IOException {
      plant.restartWithClock();
    }

    @Override
    void strike(Plant plant) throws IOException {
      plant.setClock(AHEAD);
      plant.pause(plant.scale().cut());
      plant.setClock(AHEAD.minus(BACK));
      plant.pause(WorkerClock.SLACK);
    }

    @Override
    void repair(Plant plant) throws IOException {
      plant.restartWithoutClock();
    }
  },

  REBALANCED("tasks moved across three workers") {
    @Override
    void strike(Plant plant) throws IOException {
      WorkerProcess first = plant.site().worker();
      WorkerProcess second = plant.site().addWorker();
      WorkerProcess third = plant.site().addWorker();
      first.stop();
      first.start();
      second.stop();
      third.stop();
    }
  },

  PAUSED("connector paused") {
    @Override
    void strike(Plant plant) {
      plant.subjects().forEach(subject -> plant.site().rest().pause(subject.name()));
      plant.pause(plant.scale().outage());
      plant.subjects().forEach(subject -> plant.site().rest().resume(subject.name()));
    }
  },

  RECONFIGURED("connector reconfigured") {
    @Override
    void strike(Plant plant) {
      plant.subjects().forEach(Subject::reconfigure);
      plant.subjects().forEach(plant::configure);
      plant.awaitRunning();
    }
  };

  private static final long DELAY_MS = 200;

  /** Kafka rejects records with a timestamp more than one hour ahead. */
  private static final Duration AHEAD = Duration.ofMinutes(30);

  /** Kafka's clients wait by the wall clock: a clock set back can delay them by this time. */
  private static final Duration BACK = Duration.ofSeconds(5);

  private final String title;

  Fault(String title) {
    this.title = title;
  }

  /** The name of the fault in the table. */
  String title() {
    return title;
  }

  /** Runs before numbers are sent; skips the test if the fault cannot be injected. */
  void prepare(Plant plant) throws IOException {}

  /** Restores the normal state after everything is counted. */
  void repair(Plant plant) throws IOException {}

  /** Whether the fault affects this connector. */
  boolean strikes(Subject subject) {
    return true;
  }

  /** Whether the peers can lose what they have stored. */
  boolean peersCanLose() {
    return false;
  }

  /** Injects the fault and ends it before it returns. */
  abstract void strike(Plant plant) throws IOException;
}
