// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

/**
 * Opens the sessions of a source. A driver of a source does, and so does a protocol without lines
 * for devices and tags, such as MQTT.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public sealed interface SessionFactory<E, A> permits PollingDriver, StreamingSessionFactory {}
