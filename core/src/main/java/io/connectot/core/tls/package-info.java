// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** TLS from Kafka's own {@code ssl.*} keys. */
package io.connectot.core.tls;
