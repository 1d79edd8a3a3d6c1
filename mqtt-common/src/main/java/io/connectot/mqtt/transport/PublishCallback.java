// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.transport;

/** Receives the outcome of a publication, on any thread; must neither block nor throw. */
@FunctionalInterface
public interface PublishCallback {
  void completed(PublishResult result);
}
