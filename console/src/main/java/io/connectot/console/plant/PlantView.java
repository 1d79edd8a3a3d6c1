// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.plant;

import io.connectot.console.record.PlantRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The newest value of every tag, the newest state of every device, and what happened lately.
 * Bounded: tags beyond {@link #MAX_TAGS} are counted and left out, as are devices. One thread
 * {@link #accept}s; any thread reads.
 */
public final class PlantView {
  /** How many tags are kept. */
  public static final int MAX_TAGS = 200_000;

  /** How many tags keep the values of a long chart. */
  static final int MAX_WATCHED = 200;

  /** Tags beyond these keep fewer values. */
  static final int MANY_TAGS = 20_000;

  /** About what a tag takes, in bytes. */
  private static final long TAG_BYTES = 1_500;

  private static final int LEAST_TAGS = 5_000;
  private static final int MAX_NOTICES = 500;
  private static final int MAX_DEVICES = 20_000;

  private final NavigableMap<String, TagState> tags = new ConcurrentSkipListMap<>();
  private final ConcurrentMap<String, PlantRecord.DeviceState> devices = new ConcurrentHashMap<>();

  /** By the same keys, but with the names of the devices. */
  private final ConcurrentMap<String, DeviceHistory> histories = new ConcurrentHashMap<>();

  private final Deque<Notice> notices = new ArrayDeque<>(); // guarded by itself

  /** In the order in which they were looked at. */
  private final Set<TagState> watched = new LinkedHashSet<>(); // guarded by itself

  private final int maxTags;
  private final LongAdder tagsLeftOut = new LongAdder();

  /** An empty view. */
  public PlantView() {
    this(maxTags(Runtime.getRuntime().maxMemory()));
  }

  /** So many tags that they take a quarter of a heap. */
  static int maxTags(long heap) {
    return (int) Math.max(LEAST_TAGS, Math.min(MAX_TAGS, heap / 4 / TAG_BYTES));
  }

  PlantView(int maxTags) {
    this.maxTags = maxTags;
  }

  /**
   * Something that happened, for the timeline.
   *
   * @param kind {@code status}, {@code gap}, {@code event} or {@code deadletter}
   * @param bad whether it is worse than normal
   */
  public record Notice(
      Instant time, String kind, String path, String connector, String text, boolean bad) {}

  /** Takes a record in. */
  void accept(PlantRecord record) {
    if (record instanceof PlantRecord.TagValue value) {
      accept(value);
    } else if (record instanceof PlantRecord.DeviceState state) {
      accept(state);
    } else if (record instanceof PlantRecord.Gap gap) {
      accept(gap);
    } else if (record instanceof PlantRecord.DeviceEvent event) {
      boolean active = event.active() == null || event.active();
      String message = event.message() == null ? event.type() : event.message();
      notice(
          new Notice(
              event.time(),
              "event",
              event.path(),
              event.connector(),
              (active ? "" : "cleared: ") + message + " (severity " + event.severity() + ")",
              active));
    } else if (record instanceof PlantRecord.DeadLetter letter) {
      notice(
          new Notice(
              letter.time(),
              "deadletter",
              letter.path(),
              letter.connector(),
              letter.reason(),
              true));
    }
  }

  private void accept(PlantRecord.TagValue value) {
    TagState state = tags.get(value.path());
    if (state == null) {
      if (tags.size() >= maxTags) {
        tagsLeftOut.increment();
        return;
      }
      state =
          new TagState(tags.size() < MANY_TAGS ? TagState.UNWATCHED : TagState.UNWATCHED_OF_MANY);
      tags.put(value.path(), state);
    }
    state.accept(value);
  }

  private void accept(PlantRecord.DeviceState state) {
    String key = key(state.connector(), state.path());
    if (devices.size() >= MAX_DEVICES && !devices.containsKey(key)) {
      return;
    }
    PlantRecord.DeviceState before = devices.put(key, state);
    if (before != null) {
      histories.merge(
          key(state.connector(), state.device()),
          DeviceHistory.NONE.changed(before.state(), state.state()),
          (history, first) -> history.changed(before.state(), state.state()));
    }
    if (before == null || !before.state().equals(state.state())) {
      notice(
          new Notice(
              state.since(),
              "status",
              state.path(),
              state.connector(),
              state.state() + (state.cause() == null ? "" : ": " + state.cause()),
              !state.state().equals("ONLINE")));
    }
  }

  private void accept(PlantRecord.Gap gap) {
    if (!gap.filled()) {
      String key = key(gap.connector(), gap.device());
      if (histories.size() < MAX_DEVICES || histories.containsKey(key)) {
        histories.merge(
            key,
            DeviceHistory.NONE.withGap(gap.end()),
            (history, first) -> history.withGap(gap.end()));
      }
    }
    String prefix = gap.tag() == null ? gap.path() + "/" : gap.path();
    for (TagState tag : gap.tag() == null ? below(prefix).values() : exactly(prefix)) {
      tag.gap(gap.start() == null ? Instant.EPOCH : gap.start(), gap.end());
    }
    notice(
        new Notice(
            gap.end(),
            "gap",
            gap.path(),
            gap.connector(),
            (gap.filled() ? "filled from history: " : "values missing since ")
                + (gap.start() == null ? "the beginning" : gap.start())
                + (gap.cause() == null ? "" : ": " + gap.cause()),
            !gap.filled()));
  }

  private Collection<TagState> exactly(String path) {
    TagState tag = tags.get(path);
    return tag == null ? List.of() : List.of(tag);
  }

  private void notice(Notice notice) {
    synchronized (notices) {
      notices.addFirst(notice);
      if (notices.size() > MAX_NOTICES) {
        notices.removeLast();
      }
    }
  }

  /** The tag of a path. */
  public Optional<TagState> tag(String path) {
    return Optional.ofNullable(tags.get(path));
  }

  /**
   * The tag of a path, of which more values are kept from now on, until {@value #MAX_WATCHED} other
   * tags were looked at.
   */
  public Optional<TagState> watched(String path) {
    TagState tag = tags.get(path);
    if (tag == null) {
      return Optional.empty();
    }
    synchronized (watched) {
      watched.remove(tag);
      watched.add(tag);
      tag.watch();
      if (watched.size() > MAX_WATCHED) {
        Iterator<TagState> oldest = watched.iterator();
        oldest.next().unwatch();
        oldest.remove();
      }
    }
    return Optional.of(tag);
  }

  /** The tags whose path begins with a prefix, by path. */
  public NavigableMap<String, TagState> below(String prefix) {
    return prefix.isEmpty() ? tags : tags.subMap(prefix, true, prefix + Character.MAX_VALUE, false);
  }

  /** The newest state of every device. */
  public List<PlantRecord.DeviceState> devices() {
    return List.copyOf(devices.values());
  }

  /** The newest state of a device. */
  public Optional<PlantRecord.DeviceState> device(String connector, String path) {
    return Optional.ofNullable(devices.get(key(connector, path)));
  }

  /** What happened to a device, by its name. */
  public DeviceHistory history(String connector, String device) {
    return histories.getOrDefault(key(connector, device), DeviceHistory.NONE);
  }

  private static String key(String connector, String device) {
    return connector + "\n" + device;
  }

  /** What happened lately, the newest first, although topics are not read in the order of time. */
  public List<Notice> notices(int limit) {
    List<Notice> all;
    synchronized (notices) {
      all = new ArrayList<>(notices);
    }
    all.sort(Comparator.comparing(Notice::time).reversed());
    return all.subList(0, Math.min(limit, all.size()));
  }

  /** How many tags are known. */
  public int tagCount() {
    return tags.size();
  }

  /** How many values belonged to tags beyond the limit. */
  public long tagsLeftOut() {
    return tagsLeftOut.sum();
  }

  /** Forgets the tags, but not the states of devices. */
  void clearValues() {
    tags.clear();
    synchronized (watched) {
      watched.clear();
    }
    tagsLeftOut.reset();
  }

  /** Forgets everything. */
  void clear() {
    clearValues();
    devices.clear();
    histories.clear();
    synchronized (notices) {
      notices.clear();
    }
  }
}
