// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.topic;

/** The topic of the state of a host application: {@code spBv1.0/STATE/host}. */
public final class StateTopic {
  private static final String PREFIX = SparkplugTopic.NAMESPACE + "/STATE/";

  private StateTopic() {}

  /** The topic of a host application. */
  public static String of(String hostId) {
    return PREFIX + hostId;
  }

  /** Whether a topic is of the state of any host application. */
  public static boolean isStateTopic(String topic) {
    return topic.startsWith(PREFIX);
  }
}
