// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command;

import io.connectot.core.connection.loop.RetryPolicy;
import io.connectot.core.model.Device;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.WritingDriver;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The devices that a task writes to.
 *
 * @param endpoints the devices behind each endpoint, each with its tags
 * @param threads maximum devices written to at the same time
 * @param verifyTimeout how long tags are read until they have the value that was written
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
record CommandSetup<E, A>(
    WritingDriver<E, A> driver,
    Map<String, Map<Device<E>, List<Tag<A>>>> endpoints,
    RetryPolicy retries,
    int threads,
    Duration verifyTimeout) {}
