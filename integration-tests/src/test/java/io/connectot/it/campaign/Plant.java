// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.testing.Peers;
import io.connectot.it.fixture.KafkaProcess;
import io.connectot.it.fixture.Site;
import io.connectot.it.fixture.WorkerProcess;
import io.connectot.it.mqtt.fixture.HiveMqBroker;
import io.connectot.it.mqtt.fixture.MqttBroker;
import io.connectot.quickstart.embedded.ConnectRest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.core.ConditionTimeoutException;
import org.opentest4j.TestAbortedException;

/**
 * Kafka, a worker with every connector, and the peers of the connectors. Faults are injected one
 * after the other. For one thread.
 */
final class Plant implements AutoCloseable {
  private static final Duration LIMIT = Subject.LIMIT;

  /** How long nothing has to arrive until a phase ends. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  private final Scale scale;
  private final WorkerClock clock = new WorkerClock();
  private final MqttBroker broker = new HiveMqBroker();
  private final List<Subject> subjects = new ArrayList<>();

  /** Null if the test does not run as root. */
  private final SmallDisk disk;

  private final KafkaProcess kafka;
  private final Site site;

  /** The worker's clock; null before the first {@link #restartWithClock}. */
  private FakeClock fakeClock;

  private Plant(Scale scale) throws IOException {
    this.scale = scale;
    this.disk = disk(scale);
    Path logs = Files.createDirectories(Path.of("target", "campaign")).toAbsolutePath();
    Path data = disk == null ? Files.createTempDirectory(logs, "kafka") : disk.directory();
    this.kafka = KafkaProcess.start(data, logs.resolve("kafka.log"));
    this.site =
        Site.at(
            kafka.bootstrapServers(),
            worker ->
                worker.jvmOptions(
                    List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")));
  }

  /** Starts everything; numbers sent after this method returns have to arrive. */
  static Plant start(Scale scale) throws Exception {
    Plant plant = new Plant(scale);
    try {
      plant.fill();
    } catch (Exception | AssertionError e) {
      plant.close();
      throw e;
    }
    return plant;
  }

  private static SmallDisk disk(Scale scale) throws IOException {
    try {
      Peers.needTmpfs();
      return new SmallDisk(scale.disk());
    } catch (TestAbortedException e) {
      return null;
    }
  }

  private void fill() throws Exception {
    broker.start();
    String servers = kafka.bootstrapServers();
    OtherSide mqtt = MqttSubject.otherSide(broker);
    subjects.add(new MqttSourceSubject(servers, "campaign-mqtt", broker, mqtt, scale));
    subjects.add(new MqttSinkSubject(servers, "campaign-sink", broker, mqtt, scale));
    subjects.add(new ModbusSubject(servers, "campaign-modbus"));
    try {
      Peers.needSnap7();
      subjects.add(new S7Subject(servers, "campaign-s7"));
    } catch (TestAbortedException e) {
      System.out.println("The campaign runs without an S7 controller: " + e.getMessage());
    }
    subjects.add(new OpcUaSubject(servers, "campaign-opcua", scale));
    createTopics();
    for (Subject subject : subjects) {
      configure(subject);
    }
    awaitRunning();
    subjects.forEach(Subject::awaitReady);
    awaitOffsets();
  }

  /** Waits for the first stored offsets, because a worker cannot resume without them. */
  private void awaitOffsets() {
    for (Subject subject : subjects) {
      // Without offsets a sink starts with the first record.
      if (!site.rest().status(subject.name()).isSink()) {
        await("offsets of " + subject.name())
            .atMost(LIMIT)
            .until(() -> !site.rest().offsets(subject.name()).get("offsets").isEmpty());
      }
    }
  }

  private void createTopics() throws InterruptedException, ExecutionException {
    List<NewTopic> topics =
        subjects.stream().flatMap(subject -> subject.topics().stream()).toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(topics).all().get();
    }
  }

  Scale scale() {
    return scale;
  }

  List<Subject> subjects() {
    return subjects;
  }

  /** The peers of the connectors, each once. */
  Set<OtherSide> otherSides() {
    Set<OtherSide> sides = new LinkedHashSet<>();
    subjects.forEach(subject -> sides.add(subject.otherSide()));
    return sides;
  }

  KafkaProcess kafka() {
    return kafka;
  }

  SmallDisk disk() {
    return disk;
  }

  Site site() {
    return site;
  }

  /** Restarts the worker with an adjustable clock. */
  void restartWithClock() throws IOException {
    fakeClock = new FakeClock();
    WorkerProcess worker = site.worker();
    worker.stop();
    worker.environment(fakeClock.environment());
    worker.start();
    worker.environment(Map.of());
    awaitFlow();
  }

  /** Kills the worker and starts it with the correct time. */
  void restartWithoutClock() throws IOException {
    WorkerProcess worker = site.worker();
    worker.kill();
    clock.ahead(Duration.ZERO);
    worker.start();
    awaitFlow();
  }

  /** Sets the worker's clock. */
  void setClock(Duration ahead) throws IOException {
    clock.ahead(ahead);
    fakeClock.ahead(ahead);
  }

  /** Creates or updates a connector with the subject's configuration. */
  void configure(Subject subject) {
    ConnectRest.Response response = site.rest().put(subject.name(), subject.config());
    assertThat(response.isSuccess())
        .as("configuring %s: %s", subject.name(), response.message())
        .isTrue();
  }

  /** Waits until every task is running. */
  void awaitRunning() {
    for (Subject subject : subjects) {
      await(subject.name() + " to run")
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> site.rest().status(subject.name()).isRunning(subject.tasks()));
    }
  }

  /** Waits until numbers of every sender arrive, without counting them. */
  private void awaitFlow() {
    awaitRunning();
    subjects.forEach(subject -> subject.begin(clock));
    try {
      awaitBegun();
    } finally {
      subjects.forEach(Subject::end);
    }
  }

  private void awaitBegun() {
    await("a number of every sender")
        .atMost(LIMIT)
        .until(() -> subjects.stream().allMatch(subject -> subject.ledger().hasBegun()));
  }

  /** Waits. */
  void pause(Duration time) {
    await("a while").pollDelay(time).atMost(time.plus(LIMIT)).until(() -> true);
  }

  /** Injects a fault while numbers are sent, and returns the results. */
  List<Row> suffer(Fault fault) throws Exception {
    fault.prepare(this);
    subjects.forEach(subject -> subject.begin(clock));
    try {
      awaitBegun();
      fault.strike(this);
      subjects.forEach(subject -> subject.ledger().faultOver());
      // The rows show what has not arrived.
      patiently(() -> subjects.stream().allMatch(subject -> subject.ledger().hasRecovered()));
    } finally {
      subjects.forEach(Subject::end);
    }
    patiently(() -> subjects.stream().allMatch(subject -> subject.ledger().isSettled()));
    patiently(() -> subjects.stream().allMatch(subject -> subject.ledger().isQuiet(QUIET)));
    List<Row> rows =
        subjects.stream().filter(fault::strikes).map(subject -> row(fault, subject)).toList();
    fault.repair(this);
    return rows;
  }

  private static Row row(Fault fault, Subject subject) {
    Custody custody = fault.peersCanLose() ? subject.custody() : Custody.CONNECTOR;
    return subject.ledger().row(fault.title(), subject.title(), custody);
  }

  private static void patiently(Callable<Boolean> condition) {
    try {
      await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(condition);
    } catch (ConditionTimeoutException e) {
      // The rows show it.
    }
  }

  @Override
  public void close() {
    site.close();
    subjects.forEach(Subject::close);
    broker.close();
    kafka.close();
    if (disk != null) {
      disk.close();
    }
  }
}
