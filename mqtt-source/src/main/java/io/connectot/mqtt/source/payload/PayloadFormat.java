// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import io.connectot.mqtt.source.subscription.TopicVariables;

/** Maps the messages of one subscription. For one thread; its state is bounded. */
public interface PayloadFormat {

  /**
   * Prepares the mapping of a topic. The caller may cache the result and ask again.
   *
   * @throws PayloadException when messages of this topic cannot be mapped
   */
  TopicMapper forTopic(TopicVariables topic) throws PayloadException;
}
