// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import io.connectot.core.model.Device;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.TaskAssignment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which part of a connector's endpoints a task owns.
 *
 * @param index the task's number, from 0
 * @param count the number of tasks
 */
public record TaskShare(int index, int count) {
  private static final String INDEX = "task.index";
  private static final String COUNT = "task.count";

  /** Writes it into a task's configuration. */
  public void writeTo(Map<String, String> taskConfig) {
    taskConfig.put(INDEX, Integer.toString(index));
    taskConfig.put(COUNT, Integer.toString(count));
  }

  /** Takes it out of a task's configuration; without it, the task is the only one. */
  public static TaskShare takeFrom(Map<String, String> taskConfig) {
    String index = taskConfig.remove(INDEX);
    String count = taskConfig.remove(COUNT);
    return index == null || count == null
        ? new TaskShare(0, 1)
        : new TaskShare(Integer.parseInt(index), Integer.parseInt(count));
  }

  /**
   * How many tasks there are to be.
   *
   * @param most the most that are allowed
   * @param split whether endpoints may be split
   */
  static int tasks(int endpoints, int most, boolean split) {
    int atLeastOne = Math.max(1, endpoints);
    return split
        ? Math.min(most, atLeastOne * partsOfEach(atLeastOne, most))
        : Math.min(most, atLeastOne);
  }

  /**
   * The parts of endpoints that are the task's, by endpoint. Endpoints are split only when there
   * are at least twice as many tasks, all into the same number of parts.
   */
  Map<String, List<EndpointPart>> parts(Collection<String> endpoints) {
    Set<String> distinct = new LinkedHashSet<>(endpoints);
    int parts = partsOfEach(Math.max(1, distinct.size()), count);
    Map<String, EndpointPart> partByName = new LinkedHashMap<>();
    Map<String, String> endpointByName = new HashMap<>();
    for (String endpoint : distinct) {
      for (int part = 0; part < parts; part++) {
        String name = parts == 1 ? endpoint : endpoint + "#" + part;
        partByName.put(name, new EndpointPart(part, parts));
        endpointByName.put(name, endpoint);
      }
    }
    Map<String, Integer> owners = TaskAssignment.assign(partByName.keySet(), count);
    Map<String, List<EndpointPart>> own = new LinkedHashMap<>();
    partByName.forEach(
        (name, part) -> {
          if (owners.get(name) == index) {
            own.computeIfAbsent(endpointByName.get(name), endpoint -> new ArrayList<>()).add(part);
          }
        });
    return own;
  }

  private static int partsOfEach(int endpoints, int tasks) {
    return Math.max(1, tasks / endpoints);
  }

  /** The devices that are the task's, in the order given. */
  <E> List<Device<E>> of(List<Device<E>> devices) {
    List<String> endpoints = new ArrayList<>(devices.size());
    devices.forEach(device -> endpoints.add(device.endpoint()));
    Map<String, Integer> owners = TaskAssignment.assign(endpoints, count);
    List<Device<E>> own = new ArrayList<>();
    for (Device<E> device : devices) {
      if (owners.get(device.endpoint()) == index) {
        own.add(device);
      }
    }
    return own;
  }
}
