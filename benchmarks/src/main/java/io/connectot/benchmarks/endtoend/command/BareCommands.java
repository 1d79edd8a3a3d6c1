// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import io.connectot.benchmarks.endtoend.ChildJvm;
import io.connectot.benchmarks.endtoend.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The contender without a connector: a consumer, and a thread and a connection for each device. No
 * checks, no results; offsets are committed after the writes of a batch.
 */
final class BareCommands {
  private BareCommands() {}

  /**
   * Runs until its input ends.
   *
   * @param arguments {@code bootstrap.servers}, topic, ports
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, ExecutorService> threads = new HashMap<>();
    Map<String, ModbusTCPMaster> devices = new HashMap<>();
    String[] ports = arguments[2].split(",", -1);
    for (int i = 0; i < ports.length; i++) {
      ModbusTCPMaster master = new ModbusTCPMaster("127.0.0.1", Integer.parseInt(ports[i]));
      master.connect();
      devices.put(Topics.device(i), master);
      threads.put(Topics.device(i), Executors.newSingleThreadExecutor());
    }
    Thread loop = new Thread(() -> run(arguments[0], arguments[1], devices, threads), "commands");
    loop.setDaemon(true);
    loop.start();
    ChildJvm.answerParent("ready", () -> "running");
    System.exit(0);
  }

  private static void run(
      String servers,
      String topic,
      Map<String, ModbusTCPMaster> devices,
      Map<String, ExecutorService> threads) {
    ObjectMapper json = new ObjectMapper();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "group.id",
                topic,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      while (true) {
        List<Future<?>> writes = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
          JsonNode command = json.readTree(record.value());
          String device = command.path("device").asText();
          int value = command.path("value").asInt();
          writes.add(threads.get(device).submit(() -> write(devices.get(device), value)));
        }
        for (Future<?> write : writes) {
          write.get();
        }
        consumer.commitAsync();
      }
    } catch (IOException | InterruptedException | ExecutionException e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void write(ModbusTCPMaster device, int value) {
    try {
      device.writeSingleRegister(1, 0, new SimpleRegister(value));
    } catch (ModbusException e) {
      throw new IllegalStateException(e);
    }
  }
}
