// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Decides which of the values that were read are worth a record. */
package io.connectot.core.filter;
