// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the size of Kafka's data below {@code disk.limit}: it deletes the oldest records of all
 * topics, a twentieth to a tenth of them at once, and more if the size is far above the limit.
 * Before that, it writes a gap record for each path of which records are deleted that are not
 * replicated. For one thread.
 */
final class DiskGuard {
  private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Kafka deletes the files some seconds later. */
  private static final Duration SETTLE = Duration.ofSeconds(15);

  /** How long the status says so after a deletion. */
  private static final Duration ALARM = Duration.ofMinutes(15);

  /** What other programs leave of the disk. */
  static final long LEAST_FREE = 128L * 1024 * 1024;

  /** The share of the records that is deleted at once, beside what is above the limit. */
  private static final double SHARE = 0.05;

  private static final double LARGEST_SHARE = 0.5;
  private static final Pattern INTERNAL = Pattern.compile(EdgeConfig.INTERNAL_TOPICS);

  private final EdgeConfig config;
  private final Positions positions;
  private final Clock clock;
  private final Path directory;
  private final Admin admin;
  private Instant nextDeletion = Instant.MIN;
  private Instant alarmEnd = Instant.MIN;
  private long used;
  private long deleted;
  private long lost;

  DiskGuard(EdgeConfig config, Positions positions, Clock clock) {
    this.config = config;
    this.positions = positions;
    this.clock = clock;
    this.directory = ProcessProperties.kafkaDirectory(config);
    this.admin = Admin.create(Map.of("bootstrap.servers", config.bootstrapServers()));
  }

  /** Measures, and deletes if there is too much. */
  void check() throws IOException, ExecutionException, TimeoutException, InterruptedException {
    used = size(directory);
    long free = Files.getFileStore(directory).getUsableSpace();
    if ((used <= config.diskLimit() && free >= LEAST_FREE)
        || clock.instant().isBefore(nextDeletion)) {
      return;
    }
    nextDeletion = clock.instant().plus(SETTLE);
    alarmEnd = clock.instant().plus(ALARM);
    LOG.warn(
        "Kafka's data has {} of {} (disk.limit), and the disk has {} left: the oldest records are"
            + " deleted",
        ByteSize.text(used),
        ByteSize.text(config.diskLimit()),
        ByteSize.text(free));
    deleteOldest();
  }

  /** Adds the figures of the last check. */
  void addTo(Map<String, String> summary) {
    summary.put("disk.used", ByteSize.text(used));
    summary.put("disk.limit", ByteSize.text(config.diskLimit()));
    summary.put("disk.records.deleted", Long.toString(deleted));
    summary.put("disk.records.lost", Long.toString(lost));
    boolean full = clock.instant().isBefore(alarmEnd);
    summary.put("disk.state", full ? "full, the oldest records are deleted" : "ok");
  }

  /** Adds the figures of the last check for Prometheus. */
  void addFigures(Map<EdgeMetric, Long> figures) {
    figures.put(EdgeMetric.DISK_USED, used);
    figures.put(EdgeMetric.DISK_LIMIT, config.diskLimit());
    figures.put(EdgeMetric.RECORDS_DELETED, deleted);
    figures.put(EdgeMetric.RECORDS_LOST, lost);
  }

  private void deleteOldest() throws ExecutionException, TimeoutException, InterruptedException {
    List<TopicPartition> partitions = deletable();
    Map<TopicPartition, ListOffsetsResultInfo> oldest =
        offsets(partitions, OffsetSpec.forTimestamp(0));
    long first =
        oldest.values().stream()
            .filter(info -> info.offset() >= 0)
            .mapToLong(ListOffsetsResultInfo::timestamp)
            .min()
            .orElse(Long.MAX_VALUE);
    if (first == Long.MAX_VALUE) {
      LOG.error("There are no records that can be deleted; raise disk.limit");
      return;
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    offsets(partitions, OffsetSpec.latest()).forEach((p, end) -> ends.put(p, end.offset()));
    Map<TopicPartition, Long> starts = new HashMap<>();
    oldest.forEach(
        (partition, start) -> {
          if (start.offset() >= 0) {
            starts.put(partition, start.offset());
          }
        });
    long records = 0;
    for (Map.Entry<TopicPartition, Long> start : starts.entrySet()) {
      records += ends.get(start.getKey()) - start.getValue();
    }
    double share = share(used, config.diskLimit());
    long least = (long) Math.ceil(records * share);
    long most = (long) Math.ceil(records * (share + SHARE));
    Map<Long, Map<TopicPartition, Long>> answers = new HashMap<>();
    long cut =
        cutTime(
            first,
            clock.millis(),
            least,
            most,
            time -> {
              answers.put(time, limits(starts, ends, time));
              return count(starts, answers.get(time));
            });
    Map<TopicPartition, Long> limits =
        answers.containsKey(cut) ? answers.get(cut) : limits(starts, ends, cut);
    starts.keySet().retainAll(limits.keySet());
    reportGaps(starts, limits, cut);
    Map<TopicPartition, RecordsToDelete> order = new HashMap<>();
    limits.forEach((partition, limit) -> order.put(partition, RecordsToDelete.beforeOffset(limit)));
    get(admin.deleteRecords(order).all());
    starts.forEach((partition, start) -> deleted += limits.get(partition) - start);
  }

  /** The first offsets from a time on, of the partitions that have records before it. */
  private Map<TopicPartition, Long> limits(
      Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends, long time)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, Long> limits = new HashMap<>();
    offsets(starts.keySet(), OffsetSpec.forTimestamp(time))
        .forEach(
            (partition, kept) -> {
              long limit = kept.offset() < 0 ? ends.get(partition) : kept.offset();
              if (limit > starts.get(partition)) {
                limits.put(partition, limit);
              }
            });
    return limits;
  }

  private static long count(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> limits) {
    long count = 0;
    for (Map.Entry<TopicPartition, Long> limit : limits.entrySet()) {
      count += limit.getValue() - starts.get(limit.getKey());
    }
    return count;
  }

  /** The share of the records to delete, from 0 to 1: what is above the limit, and some more. */
  static double share(long used, long limit) {
    double above = (used - limit) / (double) Math.max(1, used);
    return Math.min(LARGEST_SHARE, Math.max(0, above) + SHARE);
  }

  /** Counts the records before a time. */
  @FunctionalInterface
  interface RecordCount {
    /** The number of records that are older. */
    long before(long time) throws ExecutionException, TimeoutException, InterruptedException;
  }

  /**
   * A time before which there are so many records: they come in bursts, so that a share of the time
   * could be all of them. Of a burst, it is the first such time, and every question halves the time
   * in which it is.
   *
   * @param first the time of the oldest record
   * @param least number of records to delete
   * @param most number of records that are few enough, so that no more questions are needed
   */
  static long cutTime(long first, long now, long least, long most, RecordCount count)
      throws ExecutionException, TimeoutException, InterruptedException {
    long tooEarly = first;
    long enough = Math.max(first, now) + 1;
    while (enough - tooEarly > 1) {
      long middle = tooEarly + (enough - tooEarly) / 2;
      long before = count.before(middle);
      if (before >= least) {
        enough = middle;
        if (before <= most) {
          return enough;
        }
      } else {
        tooEarly = middle;
      }
    }
    return enough;
  }

  private void reportGaps(
      Map<TopicPartition, Long> starts, Map<TopicPartition, Long> limits, long cut)
      throws ExecutionException, TimeoutException, InterruptedException {
    if (!config.hasCentral()) {
      return;
    }
    LostRecords records = new LostRecords();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      for (Map.Entry<TopicPartition, Long> entry : starts.entrySet()) {
        TopicPartition partition = entry.getKey();
        long from = Math.max(entry.getValue(), positions.next(partition));
        if (config.goesUp(partition.topic()) && from < limits.get(partition)) {
          read(consumer, partition, from, limits.get(partition), records);
        }
      }
    }
    if (records.count() == 0) {
      return;
    }
    LOG.error(
        "disk.limit is reached and the uplink is behind: {} records are deleted that the central"
            + " cluster does not have; topic {} names them",
        records.count(),
        config.get("gap.topic"));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", config.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (ProducerRecord<byte[], byte[]> gap : records.gaps(config.get("gap.topic"), cut)) {
        sent.add(producer.send(gap));
      }
      for (Future<?> future : sent) {
        future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
    lost += records.count();
  }

  private static void read(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long from,
      long limit,
      LostRecords records)
      throws TimeoutException {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    long progress = System.nanoTime();
    while (consumer.position(partition) < limit) {
      long before = consumer.position(partition);
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
        if (record.offset() < limit) {
          records.add(record);
        }
      }
      if (consumer.position(partition) > before) {
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > TIMEOUT.toNanos()) {
        throw new TimeoutException("no records of " + partition);
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", config.bootstrapServers(), "auto.offset.reset", "earliest"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** The partitions of all topics but those that keep state, are compacted, or name the gaps. */
  private List<TopicPartition> deletable()
      throws ExecutionException, TimeoutException, InterruptedException {
    List<String> topics =
        get(admin.listTopics().names()).stream()
            .filter(name -> !INTERNAL.matcher(name).matches())
            .filter(name -> !name.equals(config.get("gap.topic")))
            .toList();
    Map<ConfigResource, Config> configs =
        get(
            admin
                .describeConfigs(
                    topics.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all());
    List<String> deletable = new ArrayList<>();
    configs.forEach(
        (resource, topic) -> {
          if (topic
              .get(TopicConfig.CLEANUP_POLICY_CONFIG)
              .value()
              .contains(TopicConfig.CLEANUP_POLICY_DELETE)) {
            deletable.add(resource.name());
          }
        });
    List<TopicPartition> partitions = new ArrayList<>();
    get(admin.describeTopics(deletable).allTopicNames())
        .forEach(
            (name, topic) ->
                topic
                    .partitions()
                    .forEach(p -> partitions.add(new TopicPartition(name, p.partition()))));
    return partitions;
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Collection<TopicPartition> partitions, OffsetSpec spec)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, OffsetSpec> question =
        new TreeMap<>(
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
    partitions.forEach(partition -> question.put(partition, spec));
    return get(admin.listOffsets(question).all());
  }

  private static <T> T get(KafkaFuture<T> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The size of all files; those that Kafka deletes meanwhile do not count. */
  private static long size(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.mapToLong(DiskGuard::fileSize).sum();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return size(directory);
      }
      throw e.getCause();
    }
  }

  private static long fileSize(Path file) {
    try {
      return file.toString().endsWith("index")
          ? 0
          : Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
