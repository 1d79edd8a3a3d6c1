// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** What a protocol module implements so that devices can be looked at before they have tags. */
package io.connectot.core.spi.discovery;
