// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import static org.awaitility.Awaitility.await;

import io.connectot.core.testing.Peers;
import io.connectot.it.fixture.TcpProxy;
import io.connectot.it.fixture.WorkerProcess;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/** What strikes all connectors at once. The order is that of the table. */
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

  OTHER_SIDE_KILLED("other side restarted") {
    @Override
    void strike(Plant plant) {
      plant.otherSides().forEach(OtherSide::kill);
      plant.pause(plant.scale().outage());
      plant.otherSides().forEach(OtherSide::start);
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

  NETWORK_DELAYED("network 200 ms late") {
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
        // It does not end by itself, but it is of no use either.
      }
      plant.kafka().kill();
      plant.disk().free();
      plant.kafka().start();
    }
  },

  CLOCK_SET("worker's clock set") {
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

  REBALANCED("tasks moved among three workers") {
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

  /** Kafka takes no records that claim to be of more than an hour ahead. */
  private static final Duration AHEAD = Duration.ofMinutes(30);

  /** Kafka's clients wait by the wall clock: one that is set back may hold them up for as long. */
  private static final Duration BACK = Duration.ofSeconds(5);

  private final String title;

  Fault(String title) {
    this.title = title;
  }

  /** What the table calls it. */
  String title() {
    return title;
  }

  /** Does what has to be done before numbers are sent; skips the test where it cannot strike. */
  void prepare(Plant plant) throws IOException {}

  /** Puts right what the fault has left, when everything is counted. */
  void repair(Plant plant) throws IOException {}

  /** Strikes, and ends: when this returns, nothing is wrong any more. */
  abstract void strike(Plant plant) throws IOException;
}
