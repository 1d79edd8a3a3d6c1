// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.connectot.core.model.Device;
import io.connectot.core.spi.PollingDriver;
import io.connectot.core.spi.PollingSession;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.core.spi.ProtocolException.Scope;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.TagLine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionTestTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(100);

  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void freeTheThreads() {
    release.countDown();
    // They are shared by all tests.
    await().until(() -> TestDriver.reached(10).size() == 10);
  }

  @Test
  void isQuietWhenAllAnswer() {
    assertThat(new ConnectionTest(LONG).run(new TestDriver(device -> {}), devices(3))).isEmpty();
  }

  @Test
  void saysWhatADeviceSays() {
    TestDriver driver =
        new TestDriver(
            device -> {
              if (device.name().equals("d1")) {
                throw new ProtocolException(
                    Kind.TRANSIENT, Scope.CONNECTION, "REFUSED", "refused, is it on?", null);
              }
            });

    Map<Device<String>, String> failures = new ConnectionTest(LONG).run(driver, devices(3));

    assertThat(failures).hasSize(1);
    failures.forEach(
        (device, message) -> {
          assertThat(device.name()).isEqualTo("d1");
          assertThat(message).isEqualTo("refused, is it on?");
        });
  }

  @Test
  void asksOneDeviceOfEachEndpoint() {
    TestDriver driver = new TestDriver(device -> {});
    List<Device<String>> devices =
        List.of(
            new Device<>("a", "x:1", "", Map.of()),
            new Device<>("b", "x:1", "", Map.of()),
            new Device<>("c", "x:2", "", Map.of()));

    assertThat(new ConnectionTest(LONG).run(driver, devices)).isEmpty();

    assertThat(driver.tested).containsExactlyInAnyOrder("a", "c");
  }

  @Test
  void asksTenAtMost() {
    assertThat(TestDriver.reached(50)).hasSizeLessThanOrEqualTo(10).isNotEmpty();
    await().until(() -> TestDriver.reached(50).size() == 10);
  }

  @Test
  void asksAllAtTheSameTime() {
    CountDownLatch all = new CountDownLatch(3);
    TestDriver driver =
        new TestDriver(
            device -> {
              all.countDown();
              all.await();
            });

    assertThat(new ConnectionTest(LONG).run(driver, devices(3))).isEmpty();
    assertThat(driver.tested).hasSize(3);
  }

  @Test
  void doesNotCountATestThatTakesTooLong() {
    TestDriver driver =
        new TestDriver(
            device -> {
              if (device.name().equals("d0")) {
                throw new ProtocolException(
                    Kind.TRANSIENT, Scope.CONNECTION, "REFUSED", "refused, is it on?", null);
              }
              hang();
            });

    Map<Device<String>, String> failures = new ConnectionTest(SHORT).run(driver, devices(3));

    // A worker that is busy must not refuse a configuration that is valid.
    assertThat(failures.keySet()).extracting(Device::name).containsExactly("d0");
    assertThat(driver.tested).contains("d1", "d2");
  }

  @Test
  void startsNoMoreThreadsWhileAllHang() {
    AtomicInteger started = new AtomicInteger();
    TestDriver hanging =
        new TestDriver(
            device -> {
              started.incrementAndGet();
              hang();
            });
    await()
        .until(
            () -> {
              new ConnectionTest(SHORT).run(hanging, devices(10));
              return started.get() == 10;
            });
    TestDriver next = new TestDriver(device -> {});

    assertThat(new ConnectionTest(SHORT).run(next, devices(3))).isEmpty();

    assertThat(next.tested).isEmpty();
  }

  @Test
  void survivesABugOfAProtocolAndQuotesNoSecret() {
    TestDriver driver =
        new TestDriver(
            device -> {
              throw new IllegalStateException("fake://joe:secret@host");
            });

    assertThat(new ConnectionTest(LONG).run(driver, devices(1)).values())
        .singleElement()
        .asString()
        .contains("IllegalStateException")
        .doesNotContain("secret");
  }

  @Test
  void passesOnWhatIsWrongWithAKey() {
    TestDriver driver =
        new TestDriver(
            device -> {
              throw new ConfigException("fake.cert.file: there is no file /nowhere/c.pem");
            });

    assertThat(new ConnectionTest(LONG).run(driver, devices(1)).values())
        .containsExactly("fake.cert.file: there is no file /nowhere/c.pem");
  }

  @Test
  void stopsWhenInterrupted() throws InterruptedException {
    TestDriver driver = new TestDriver(device -> release.await());
    boolean[] interrupted = new boolean[1];
    Thread thread =
        new Thread(
            () -> {
              new ConnectionTest(LONG).run(driver, devices(1));
              interrupted[0] = Thread.currentThread().isInterrupted();
            });
    thread.start();
    await().until(() -> driver.tested.size() == 1);

    thread.interrupt();
    thread.join();

    assertThat(interrupted[0]).isTrue();
  }

  /** As a library does that ignores interrupts. */
  private void hang() {
    boolean released = false;
    while (!released) {
      try {
        release.await();
        released = true;
      } catch (InterruptedException e) {
        // Goes on waiting, which is the point.
      }
    }
  }

  private static List<Device<String>> devices(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Device<>("d" + i, "host:" + i, "", Map.<String, String>of()))
        .toList();
  }

  @FunctionalInterface
  private interface Attempt {
    void at(Device<String> device) throws ProtocolException, InterruptedException;
  }

  private static final class TestDriver implements PollingDriver<String, Integer> {
    final Set<String> tested = ConcurrentHashMap.newKeySet();
    private final Attempt attempt;

    TestDriver(Attempt attempt) {
      this.attempt = attempt;
    }

    /** The devices that a test of so many connects to. */
    static Set<String> reached(int count) {
      TestDriver driver = new TestDriver(device -> {});
      new ConnectionTest(LONG).run(driver, devices(count));
      return driver.tested;
    }

    @Override
    public void testConnection(Device<String> device) throws ProtocolException {
      tested.add(device.name());
      try {
        attempt.at(device);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public ParsedDevice<String> parseDevice(DeviceLine line) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ParsedTag<Integer> parseTag(TagLine line) {
      throw new UnsupportedOperationException();
    }

    @Override
    public PollingSession<String, Integer> newSession(
        String endpoint, List<Device<String>> devices) {
      throw new UnsupportedOperationException();
    }
  }
}
