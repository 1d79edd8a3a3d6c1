// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi;

/**
 * A driver for a protocol in which the device speaks first, with lines for its devices and tags.
 *
 * @param <E> the protocol's own device settings
 * @param <A> the protocol's own tag address
 */
public non-sealed interface StreamingDriver<E, A>
    extends Driver<E, A>, StreamingSessionFactory<E, A> {}
