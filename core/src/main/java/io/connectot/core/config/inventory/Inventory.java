// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.inventory;

import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The devices of a connector and which tags each of them has. Immutable.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public final class Inventory<E, A> {
  private final List<Device<E>> devices;
  private final List<Tag<A>> tags;
  private final Map<String, List<Tag<A>>> tagsByDevice;

  private Inventory(
      List<Device<E>> devices, List<Tag<A>> tags, Map<String, List<Tag<A>>> tagsByDevice) {
    this.devices = devices;
    this.tags = tags;
    this.tagsByDevice = tagsByDevice;
  }

  /** Devices whose tags are discovered. */
  public static <E, A> Inventory<E, A> ofDevices(List<Device<E>> devices) {
    return of(devices, Map.of());
  }

  /**
   * @param tags in order, each with the names of the devices it is narrowed to; empty for all
   */
  public static <E, A> Inventory<E, A> of(List<Device<E>> devices, Map<Tag<A>, Set<String>> tags) {
    List<Tag<A>> all = List.copyOf(tags.keySet());
    List<Tag<A>> common = new ArrayList<>();
    Map<String, List<Tag<A>>> narrowed = new HashMap<>();
    tags.forEach(
        (tag, names) -> {
          if (names.isEmpty()) {
            common.add(tag);
          }
          for (String name : names) {
            narrowed.computeIfAbsent(name, device -> new ArrayList<>()).add(tag);
          }
        });
    List<Tag<A>> onlyCommon = List.copyOf(common);
    // Keyed by what it holds, so that devices with equal tags share one list.
    Map<List<Tag<A>>, List<Tag<A>>> shared = new HashMap<>();
    Map<String, List<Tag<A>>> byDevice = new LinkedHashMap<>();
    for (Device<E> device : devices) {
      List<Tag<A>> own = narrowed.get(device.name());
      byDevice.put(
          device.name(),
          own == null
              ? onlyCommon
              : shared.computeIfAbsent(List.copyOf(own), list -> join(onlyCommon, list)));
    }
    return new Inventory<>(List.copyOf(devices), all, byDevice);
  }

  private static <A> List<Tag<A>> join(List<Tag<A>> common, List<Tag<A>> own) {
    if (common.isEmpty()) {
      return own;
    }
    List<Tag<A>> joined = new ArrayList<>(common.size() + own.size());
    joined.addAll(common);
    joined.addAll(own);
    return List.copyOf(joined);
  }

  /** The devices, lines first, then those of the file, each in order. */
  public List<Device<E>> devices() {
    return devices;
  }

  /** The endpoints of the devices, each once, sorted. */
  public Set<String> endpoints() {
    Set<String> endpoints = new TreeSet<>();
    devices.forEach(device -> endpoints.add(device.endpoint()));
    return endpoints;
  }

  /** The tags of all devices, each once. Two may have one name if they are of different devices. */
  public List<Tag<A>> tags() {
    return tags;
  }

  /**
   * The tags of a device: those that all devices have, then those narrowed to it.
   *
   * @return one and the same list instance for devices with equal tags; empty for a device that is
   *     not of this inventory
   */
  public List<Tag<A>> tagsOf(Device<E> device) {
    return tagsByDevice.getOrDefault(device.name(), List.of());
  }
}
