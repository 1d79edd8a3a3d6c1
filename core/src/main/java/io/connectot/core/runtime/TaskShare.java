// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.runtime;

import io.connectot.core.model.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
