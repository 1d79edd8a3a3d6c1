// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import io.connectot.mqtt.source.subscription.TopicVariables;

/**
 * Makes records of the messages of one subscription. For one thread, with whatever it keeps from
 * message to message bounded.
 */
public interface PayloadFormat {

  /**
   * Prepares what all messages of a topic have in common. The caller keeps the result as long as it
   * likes, and may ask for the same topic again.
   *
   * @throws PayloadException when messages of this topic cannot be mapped
   */
  TopicMapper forTopic(TopicVariables topic) throws PayloadException;
}
