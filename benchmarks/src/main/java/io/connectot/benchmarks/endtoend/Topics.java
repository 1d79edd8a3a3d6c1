// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Topics with the same number of partitions. For one thread. */
public final class Topics implements AutoCloseable {
  private final Admin admin;
  private final int partitions;

  public Topics(String bootstrapServers, int partitions) {
    this.partitions = partitions;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** The topic of a device. */
  public static String topic(String prefix, String device) {
    return prefix + "." + device;
  }

  /** The name of a device by its index. */
  public static String device(int index) {
    return "device" + index;
  }

  /** Topics for a number of devices, one each. */
  public static List<String> topics(String prefix, int devices) {
    return IntStream.range(0, devices).mapToObj(i -> topic(prefix, device(i))).toList();
  }

  /** Creates topics; returns when the broker has created them. */
  public void create(Collection<String> topics) throws InterruptedException {
    await(
        admin
            .createTopics(
                topics.stream()
                    .map(
                        topic ->
                            new NewTopic(topic, partitions, (short) 1)
                                .configs(Map.of("file.delete.delay.ms", "1000")))
                    .toList())
            .all());
  }

  /** The number of records that Kafka has acknowledged in these topics. */
  public long records(Collection<String> topics) throws InterruptedException {
    Map<TopicPartition, OffsetSpec> latest =
        topics.stream()
            .flatMap(
                topic -> IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(topic, i)))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return await(admin.listOffsets(latest).all()).values().stream()
        .mapToLong(info -> info.offset())
        .sum();
  }

  /** The bytes of these topics on the broker's disk. */
  public long bytes(Collection<String> topics) throws InterruptedException {
    List<Integer> brokers =
        await(admin.describeCluster().nodes()).stream().map(node -> node.id()).toList();
    return await(admin.describeLogDirs(brokers).allDescriptions()).values().stream()
        .flatMap(directories -> directories.values().stream())
        .flatMap(directory -> directory.replicaInfos().entrySet().stream())
        .filter(replica -> topics.contains(replica.getKey().topic()))
        .mapToLong(replica -> replica.getValue().size())
        .sum();
  }

  /** Deletes topics, because the records of many rounds would fill the disk. */
  public void delete(Collection<String> topics) throws InterruptedException {
    try {
      await(admin.deleteTopics(topics).all());
    } catch (IllegalStateException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    admin.close();
  }

  private static <T> T await(org.apache.kafka.common.KafkaFuture<T> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
